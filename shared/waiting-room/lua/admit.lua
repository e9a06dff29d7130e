-- admit: one step of the tick. With a worker's name only one worker at a time gets through, until it has been silent for
-- the lease; two at once would be harmless, only useless.
-- KEYS and ARGV 1-14: room.lua. ARGV 15 worker or '', 16 lease, ms
-- Answer: leader: 1 or 0, more to do: 1 or 0, waiting, active, untold, places let in…
-- Cost O(log n) times `work` at most.

local worker, leaseMs = ARGV[15], tonumber(ARGV[16])
-- Besides waiting and active: how many calls let people in that are not stored yet.
local function sizes() return redis.call('ZCARD', line), redis.call('ZCARD', active), redis.call('XLEN', news) end

if worker ~= '' then
  local lease = redis.call('HMGET', meta, 'worker', 'leaseUntil')
  if lease[1] and lease[1] ~= worker and tonumber(lease[2]) > clock then return { 0, 0, sizes() } end
  redis.call('HSET', meta, 'worker', worker, 'leaseUntil', clock + leaseMs)
end
local admitted, more = advance(true)
local waiting, inside, untold = sizes()
return { 1, more and 1 or 0, waiting, inside, untold, unpack(admitted) }
