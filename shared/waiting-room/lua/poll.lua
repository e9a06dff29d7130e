-- poll: the health check. Extends a place or a visit and answers it; moves the line when the tick is late.
-- KEYS and ARGV 1-14: room.lua, from 15 on: serve.lua, with '1' for a visitor who has shown a valid token
-- Answer: answer() of room.lua; 'none' without a token and a place; 'early' with now and the time to come back.
-- Cost O(log n).

local function serve(place, owned)
  local visit = find(place)
  if not visit then
    -- Whoever has a token has been in line: Redis has lost the place.
    if owned ~= '1' or draining then return { 'none' } end
    return answer(place, enter(place, nil))
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
end
