-- adopt: gives a visitor the place that they have by another secret, while QUEUE_TOKEN_SECRET is being changed. If they have
-- one by each, since a process that knows but one secret has served them, the better one stays.
-- KEYS and ARGV 1-14: room.lua    15 the place    16 the same visitor's place by the other secret
-- Answer: 'none' or 'adopted'. Cost O(log n).

local place, other = ARGV[15], ARGV[16]
local record = redis.call('HGET', visits, other)
if not record then return { 'none' } end

local function scores(key)
  return tonumber(redis.call('ZSCORE', key, place)), tonumber(redis.call('ZSCORE', key, other))
end

local isIn, otherIsIn = scores(active)
local order, otherOrder = scores(line)
local wins = redis.call('HEXISTS', visits, place) == 0
  or (not isIn and (otherIsIn or (otherOrder and (not order or otherOrder < order))))
for _, key in ipairs({ line, active, ended }) do
  local score = redis.call('ZSCORE', key, other)
  redis.call('ZREM', key, other)
  if wins then redis.call('ZREM', key, place) end
  if wins and score then redis.call('ZADD', key, score, place) end
end
if wins then redis.call('HSET', visits, place, record) end
redis.call('HDEL', visits, other)
return { 'adopted' }
