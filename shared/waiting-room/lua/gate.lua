-- gate: whether the visitor may act; using the token extends the visit.
-- KEYS and ARGV 1-14: room.lua, from 15 on: serve.lua
-- Answer: answer() of room.lua. Cost O(log n).

local function serve(place)
  -- Only holders of a valid token come here, so a place that is not there was lost with Redis, or ended long ago. A room
  -- that is drained takes nobody back: it could not tell the two apart.
  local visit = find(place)
  if not visit and draining then return { 'X' } end
  visit = visit or enter(place, nil)
  if visit.letter == 'A' then extend(place, visit) end
  return answer(place, visit)
end
