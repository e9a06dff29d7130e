-- numbers: what operators see, and what the draw publishes. Changes nothing about anyone.
-- KEYS and ARGV 1-14: room.lua
-- Answer: now, waiting, active, then as strings or nil: let in during the last minute, joined, admitted, dropped,
-- expired, completed, left, ms waited in all, draw numbers given. Cost O(1).

local lately = admittedLately()
local answer = { now, redis.call('ZCARD', line), redis.call('ZCARD', active), lately }
local fields = { 'joined', 'admitted', 'dropped', 'expired', 'completed', 'left', 'waitMs', 'drawn' }
for _, value in ipairs(redis.call('HMGET', meta, unpack(fields))) do answer[#answer + 1] = value or '0' end
return answer
