-- watch: a poll for visitors whose streams are open; never too early. Extends places in line, but no sessions: an open
-- stream alone is not use. Such visitors have been in line, so one without a record was lost with Redis. Cost O(log n).

local function serve(id)
  if isTickLate() then advance(true) end
  local visitor = find(id)
  if not visitor then
    -- As in gate.lua.
    if draining then return answer('session-over', { drawNumber = 0 }) end
    visitor = enter(id, nil)
  elseif visitor.state == 'waiting' then
    notePoll(id, visitor, false)
  end
  return answerOf(id, visitor)
end
