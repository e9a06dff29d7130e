-- leave: gives up the place or the visit, and lets the next ones in at once.
-- KEYS and ARGV 1-14: room.lua, from 15 on: serve.lua
-- Answer: answer() of room.lua, or 'none'. Cost O(log n).

local function serve(place)
  local visit = find(place)
  if not visit then return { 'none' } end
  if visit.letter == 'W' or visit.letter == 'A' then
    endVisit(place, 'L', visit)
    count('left', 1)
    advance(false)
  end
  return answer(place, visit)
end
