-- Serves visitors who called at the same moment one after another; put behind each visitors' script, which defines
-- serve(id). What a call costs Redis whatever it does is paid once for all of them.
-- Reply: the answer to each request, in order; or one answer, 'outdated'

local answers = {}
for i = firstRequest, #ARGV, requestSize do
  readRequest(i)
  answers[#answers + 1] = serve(visitorId)
end
return answers
