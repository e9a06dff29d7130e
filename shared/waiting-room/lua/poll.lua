-- poll: the health check. Extends a place in line or a session; moves the line when the tick is late. Cost O(log n).

local function serve(id)
  local visitor = find(id)
  if not visitor then
    -- A visitor with a token has been in line: Redis has lost the record.
    if not hasToken or draining then return answer('not-in-line') end
    return answerOf(id, enter(id, nil))
  end
  if visitor.state == 'active' then
    extend(id, visitor)
  elseif visitor.state == 'waiting' then
    local dueAt = visitor.nextPollAt
    local onTime = now >= dueAt
    if not onTime and not visitor.mayPollEarly then
      return answerOf(id, visitor, 'too-early')
    end
    if isTickLate() then
      storeWaiting(id, visitor, math.max(now, dueAt), false)
      advance(true)
      visitor = find(id)
    end
    if visitor.state == 'waiting' then
      if onTime then notePoll(id, visitor, false) else storeWaiting(id, visitor, visitor.nextPollAt, false) end
    end
  end
  return answerOf(id, visitor)
end
