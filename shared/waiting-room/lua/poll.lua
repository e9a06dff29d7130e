-- poll: the health check. Extends a place or a visit and answers it; moves the line when the tick is late.
-- KEYS and ARGV 1-13: room.lua. ARGV 14 place, 15 seed of the draw, 16 whether a valid token was shown: 1 or 0
-- Answer: answer() of room.lua; 'none' without a token and a place; 'early' with now and the time to come back.
-- Cost O(log n).

local place, seed, owned = ARGV[14], ARGV[15], ARGV[16] == '1'
local visit = find(place)
if not visit then
  -- Whoever has a token has been in line: Redis has lost the place.
  if not owned then return { 'none' } end
  return answer(place, enter(place, seed, nil))
end
if visit.letter == 'A' then
  extend(place, visit)
elseif visit.letter == 'W' then
  local onTime = now >= visit.due
  if not onTime and not visit.early then return { 'early', now, visit.due } end
  redis.call('ZADD', due, onTime and now or visit.due, place)
  if advanceIfLate() then visit = find(place) end
  if onTime and visit.letter == 'W' then stamp(place, visit, false) end
end
return answer(place, visit)
