-- Takes a new place in line; put behind advance.lua for the verbs that can. ARGV 14 is the place, 15 the draw's seed.

-- Before the line opens places are drawn: 52 bits of a keyed hash of the draw number, below zero, so that all of them
-- come before those who arrive later. Only the seed and the number go in, so anyone can recompute it (verify-draw).
local function drawOrder(seed, number)
  return tonumber(string.sub(redis.sha1hex(seed .. ':' .. text(number)), 1, 13), 16) - 4503599627370496
end

-- Arrivals in microseconds of Redis' clock, each later than the one before, even if the clock steps back.
local function arrivalOrder()
  local last = tonumber(redis.call('HGET', meta, 'last')) or 0
  local order = math.max(last + 1, now * 1000)
  redis.call('HSET', meta, 'last', text(order))
  return order
end

-- Whether the line begins with this place; what was measured of an earlier line says nothing about this one.
local function beginsLine()
  if redis.call('EXISTS', line) == 1 then return false end
  if now - (tonumber(redis.call('HGET', meta, 'flowAt')) or 0) > rateWindowMs then
    redis.call('HSET', meta, 'flow', 0, 'gone', 0, 'flowAt', now, 'flowSince', math.max(now, opensAt))
  end
  return true
end

-- `previous` is the ended visit of the same place, or nil. Answers the visit as it is after the line has moved.
local function enter(place, seed, previous)
  local draw, paid = 0, previous and previous.paid or ''
  local first = beginsLine()
  if opened then
    redis.call('ZADD', line, arrivalOrder(), place)
  else
    draw = redis.call('HINCRBY', meta, 'drawn', 1)
    redis.call('ZADD', line, drawOrder(seed, draw), place)
  end
  if previous then
    redis.call('ZREM', ended, place)
    redis.call('HDEL', visits, place)
  end
  if draw > 0 or paid ~= '' then write(place, 'W', 0, 0, draw, paid) end
  count('joined', 1)
  -- Stamped only after the line has moved: who is let in at once has been told nothing else before.
  redis.call('ZADD', due, now, place)
  local visit = { letter = 'W', draw = draw, paid = paid }
  if first then advance() end
  if first or advanceIfLate() then visit = find(place) end
  if visit.letter == 'W' then stamp(place, visit, true) end
  return visit
end
