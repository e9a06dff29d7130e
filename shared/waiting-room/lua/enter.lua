-- Takes a new place in line; put behind advance.lua for the scripts that can.

-- Before the line opens the order is drawn: 52 bits of a keyed hash of the draw number, below zero, so that all of them
-- come before those who arrive later. Only the seed and the number go in, so anyone can recompute it (verify-draw).
local function drawOrder(number)
  return tonumber(string.sub(redis.sha1hex(drawSeed .. ':' .. text(number)), 1, 13), 16) - 4503599627370496
end

-- Arrivals in microseconds of Redis' clock, each later than the one before, even if the clock steps back.
local function arrivalOrder()
  local last = tonumber(redis.call('HGET', meta, 'last')) or 0
  local order = math.max(last + 1, now * 1000)
  redis.call('HSET', meta, 'last', text(order))
  return order
end

-- Nobody is drawn in front of visitors who wait in the order of their arrival.
local function isDrawn()
  if opened then return false end
  local last = redis.call('ZREVRANGE', line, 0, 0, 'WITHSCORES')
  return not last[2] or tonumber(last[2]) < 0
end

-- Whether the line begins with this visitor; the rate of an earlier line says nothing about this one.
local function beginsLine()
  if redis.call('EXISTS', line) == 1 then return false end
  if now - (tonumber(redis.call('HGET', meta, 'flowAt')) or 0) > rateWindowMs then
    redis.call('HSET', meta, 'flow', 0, 'gone', 0, 'flowAt', now, 'flowSince', math.max(now, opensAt))
  end
  return true
end

-- `previous` is the ended record of the same visitor, or nil. Returns the visitor as it is after the line has moved.
local function enter(id, previous)
  local visitor =
    { state = 'waiting', drawNumber = 0, paymentId = previous and previous.paymentId or '', userId = userId }
  local first = beginsLine()
  if isDrawn() then
    visitor.drawNumber = redis.call('HINCRBY', meta, 'drawn', 1)
    redis.call('ZADD', line, drawOrder(visitor.drawNumber), id)
  else
    redis.call('ZADD', line, arrivalOrder(), id)
  end
  if previous then redis.call('ZREM', ended, id) end
  count('joined', 1)
  if first or isTickLate() then
    -- The next poll is set only after the line has moved: a visitor who is admitted at once never had one to wait for.
    storeWaiting(id, visitor, now, false)
    advance(isTickLate())
    visitor = find(id)
  end
  if visitor.state == 'waiting' then notePoll(id, visitor, true) end
  return visitor
end
