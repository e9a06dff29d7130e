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
  local onTime = now >= visit.a
  if not onTime and visit.b == 0 then return { 'early', now, visit.a } end
  if isLate() then
    write(place, 'W', math.max(now, visit.a), 0, visit)
    advance(true)
    visit = find(place)
  end
  if visit.letter == 'W' then
    if onTime then stamp(place, visit, 0) else write(place, 'W', visit.a, 0, visit) end
  end
end
return answer(place, visit)
