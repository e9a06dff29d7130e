-- join: the visitor's place, taken now if there is none. A repeat finds the same place and never moves it.
-- KEYS and ARGV 1-14: room.lua, from 15 on: serve.lua
-- Answer: answer() of room.lua, or 'closed'. Cost O(log n).

local function serve(place)
  local visit = find(place)
  if visit and visit.letter == 'A' then
    extend(place, visit)
  elseif visit and visit.letter == 'W' then
    if now >= visit.a then stamp(place, visit, 0) end
  elseif draining then
    return { 'closed' }
  else
    visit = enter(place, visit)
  end
  return answer(place, visit)
end
