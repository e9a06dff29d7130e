-- numbers: what operators see, and what the draw publishes. Changes nothing about any visitor. Cost O(1).

local numbers = { now = now, waiting = redis.call('ZCARD', line), active = redis.call('ZCARD', active) }
numbers.admittedLastMinute = admittedLastMinute()
local fields = { 'joined', 'admitted', 'dropped', 'expired', 'completed', 'left', 'waitMs', 'drawn' }
for i, value in ipairs(redis.call('HMGET', meta, unpack(fields))) do numbers[fields[i]] = value end
return { answer('numbers', numbers) }
