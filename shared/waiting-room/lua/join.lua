-- join: the visitor's place in line, taken now if there is none. A repeat finds the same place and never moves it.
-- Cost O(log n).

local function serve(id)
  local visitor = find(id)
  if visitor and visitor.state == 'active' then
    extend(id, visitor)
  elseif visitor and visitor.state == 'waiting' then
    if now >= visitor.nextPollAt then notePoll(id, visitor, false) end
  elseif draining then
    return answer('closed')
  else
    visitor = enter(id, visitor)
  end
  return answerOf(id, visitor)
end
