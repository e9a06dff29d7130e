-- Serves visitors who came at the same moment one after another; put behind each visitors' verb. What a call costs Redis
-- whatever it does is paid once for all of them.
-- ARGV from 15 on, three for each: place, jitter in [0, 1), and what the verb says, or ''
-- Answer: a list of the verb's answers, or 'stale'.

local answers = {}
for i = 15, #ARGV, 3 do
  jitter = tonumber(ARGV[i + 1])
  answers[#answers + 1] = serve(ARGV[i], ARGV[i + 2])
end
return answers
