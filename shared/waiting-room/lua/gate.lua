-- gate: whether the visitor may act; using the token extends the visit.
-- KEYS and ARGV 1-13: room.lua. ARGV 14 place, 15 seed of the draw
-- Answer: answer() of room.lua. Cost O(log n).

local place, seed = ARGV[14], ARGV[15]
-- Only holders of a valid token come here, so a place that is not there was lost with Redis.
local visit = find(place) or enter(place, seed, nil)
if visit.letter == 'A' then extend(place, visit) end
return answer(place, visit)
