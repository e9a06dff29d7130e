-- Serves visitors who came at the same moment one after another; put behind each visitors' verb. What a call costs Redis
-- whatever it does is paid once for all of them.
-- ARGV from 15 on, four for each: place, user, jitter in [0, 1), and what the verb says, or ''
-- Answer: a list of the verb's answers, or 'stale'.

local answers = {}
for i = 15, #ARGV, 4 do
  user, jitter = ARGV[i + 1], tonumber(ARGV[i + 2])
  answers[#answers + 1] = serve(ARGV[i], ARGV[i + 3])
end
return answers
