-- gate: whether the visitor may act; using the token extends the session. Cost O(log n).

local function serve(id)
  -- Only holders of a valid token call this, so a visitor without a record was lost with Redis, or ended long ago. A
  -- waiting room that is drained takes nobody back: it could not tell the two apart.
  local visitor = find(id)
  if not visitor and draining then return answer('session-over', { drawNumber = 0 }) end
  visitor = visitor or enter(id, nil)
  if visitor.state == 'active' then extend(id, visitor) end
  return answerOf(id, visitor)
end
