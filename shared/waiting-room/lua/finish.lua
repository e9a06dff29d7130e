-- finish: ends the visit of somebody who paid, and lets the next ones in at once. The record keeps the payment, so a
-- repeat after the visitor has come back for more does not end the new visit.
-- KEYS and ARGV 1-14: room.lua, from 15 on: serve.lua, with the payment
-- Answer: answer() of room.lua, or 'none'. Cost O(log n).

local function serve(place, payment)
  local visit = find(place)
  if not visit then return { 'none' } end
  if visit.letter == 'A' and visit.paid ~= payment then
    visit.paid = payment
    endVisit(place, 'C', visit)
    count('completed', 1)
    advance(false)
  end
  return answer(place, visit)
end
