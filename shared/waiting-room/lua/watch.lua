-- watch: a poll for each of several visitors whose live pages are open; never too early. Extends places in line, but no
-- visits: an open page alone is not use.
-- KEYS and ARGV 1-13: room.lua. ARGV 14 seed of the draw, 15… places, of people who have been in line
-- Answer: a list of answer() of room.lua. Cost O(log n) for each place.

if isLate() then advance(true) end
local answers = {}
for i = 15, #ARGV do
  local place = ARGV[i]
  local visit = find(place)
  if not visit then
    visit = enter(place, ARGV[14], nil)
  elseif visit.letter == 'W' then
    stamp(place, visit, 0)
  end
  answers[#answers + 1] = answer(place, visit)
end
return answers
