-- watch: a poll for visitors whose live pages are open; never too early. Extends places in line, but no visits: an open
-- page alone is not use. Whoever is watched has been in line, so a place that is not there was lost with Redis.
-- KEYS and ARGV 1-14: room.lua, from 15 on: serve.lua
-- Answer: answer() of room.lua. Cost O(log n).

local function serve(place)
  if isLate() then advance(true) end
  local visit = find(place)
  if not visit then
    -- As in gate.lua.
    if draining then return { 'X' } end
    visit = enter(place, nil)
  elseif visit.letter == 'W' then
    stamp(place, visit, 0)
  end
  return answer(place, visit)
end
