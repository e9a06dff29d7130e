-- adopt: gives a visitor the place that they have by the previous secret, while QUEUE_TOKEN_SECRET is being changed. If they
-- have one by each, since a process that has only one of the secrets has served them, the better one stays. Cost O(log n).

readRequest(firstRequest)

local record = redis.call('HGET', visitors, previousId)
if not record then return { answer('nothing-to-adopt') } end

local own = { order = redis.call('ZSCORE', line, visitorId), activeUntil = redis.call('ZSCORE', active, visitorId) }
local previous = {
  order = redis.call('ZSCORE', line, previousId),
  activeUntil = redis.call('ZSCORE', active, previousId),
  deletedAt = redis.call('ZSCORE', ended, previousId),
}
redis.call('ZREM', line, previousId)
redis.call('ZREM', active, previousId)
redis.call('ZREM', ended, previousId)
redis.call('HDEL', visitors, previousId)

local isAhead = previous.order and (not own.order or tonumber(previous.order) < tonumber(own.order))
local isBetter = not own.activeUntil and (previous.activeUntil or isAhead)
if isBetter or redis.call('HEXISTS', visitors, visitorId) == 0 then
  redis.call('ZREM', line, visitorId)
  redis.call('ZREM', ended, visitorId)
  if previous.order then redis.call('ZADD', line, previous.order, visitorId) end
  if previous.activeUntil then redis.call('ZADD', active, previous.activeUntil, visitorId) end
  if previous.deletedAt then redis.call('ZADD', ended, previous.deletedAt, visitorId) end
  redis.call('HSET', visitors, visitorId, record)
end
return { answer('adopted') }
