-- join: the visitor's place, taken now if there is none. A repeat finds the same place and never moves it.
-- KEYS and ARGV 1-13: room.lua. ARGV 14 place, 15 seed of the draw, 16 whether nobody new may come: 1 or 0
-- Answer: answer() of room.lua, or 'closed'. Cost O(log n).

local place, seed, draining = ARGV[14], ARGV[15], ARGV[16] == '1'
local visit = find(place)
if visit and visit.letter == 'A' then
  extend(place, visit)
elseif visit and visit.letter == 'W' then
  if now >= visit.a then stamp(place, visit, 0) end
elseif draining then
  return { 'closed' }
else
  visit = enter(place, seed, visit)
end
return answer(place, visit)
