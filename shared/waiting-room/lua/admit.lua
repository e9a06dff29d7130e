-- admit: one step of the tick. With a worker's id only one worker at a time gets through, until it has been silent for
-- the lease; two at once would be harmless, only useless. Cost O(log n) times `workLimit` at most.

readRequest(firstRequest)

local function ticked(leader, more, admitted)
  return {
    answer('ticked', {
      leader = leader and 1 or 0,
      more = more and 1 or 0,
      waiting = redis.call('ZCARD', line),
      active = redis.call('ZCARD', active),
      ended = redis.call('ZCARD', ended),
      pending = redis.call('XLEN', pending),
      admitted = admitted,
    }),
  }
end

if worker ~= '' then
  local lease = redis.call('HMGET', meta, 'worker', 'leaseUntil')
  if lease[1] and lease[1] ~= worker and tonumber(lease[2]) > clock then return ticked(false, false, {}) end
  redis.call('HSET', meta, 'worker', worker, 'leaseUntil', clock + leaseMs)
end
local admitted, more = advance(true)
return ticked(true, more, admitted)
