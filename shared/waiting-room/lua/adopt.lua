-- adopt: gives a visitor the place that they have by the previous secret, while QUEUE_TOKEN_SECRET is being changed. If they
-- have one by each, since a process that has only one of the secrets has served them, the better one stays. Cost O(log n).

readRequest(firstRequest)

local record = redis.call('HGET', visitors, previousId)
if not record then return { answer('nothing-to-adopt') } end

local function scores(key)
  return tonumber(redis.call('ZSCORE', key, visitorId)), tonumber(redis.call('ZSCORE', key, previousId))
end

local isActive, previousIsActive = scores(active)
local order, previousOrder = scores(line)
local previousWins = redis.call('HEXISTS', visitors, visitorId) == 0
  or (not isActive and (previousIsActive or (previousOrder and (not order or previousOrder < order))))
for _, key in ipairs({ line, active, ended }) do
  local score = redis.call('ZSCORE', key, previousId)
  redis.call('ZREM', key, previousId)
  if previousWins then redis.call('ZREM', key, visitorId) end
  if previousWins and score then redis.call('ZADD', key, score, visitorId) end
end
if previousWins then redis.call('HSET', visitors, visitorId, record) end
redis.call('HDEL', visitors, previousId)
return { answer('adopted') }
