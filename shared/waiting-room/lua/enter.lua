-- Takes a new place in line; put behind advance.lua for the verbs that can.

-- Before the line opens places are drawn: 52 bits of a keyed hash of the draw number, below zero, so that all of them
-- come before those who arrive later. Only the seed and the number go in, so anyone can recompute it (verify-draw).
local function drawOrder(number)
  return tonumber(string.sub(redis.sha1hex(seed .. ':' .. text(number)), 1, 13), 16) - 4503599627370496
end

-- Arrivals in microseconds of Redis' clock, each later than the one before, even if the clock steps back.
local function arrivalOrder()
  local last = tonumber(redis.call('HGET', meta, 'last')) or 0
  local order = math.max(last + 1, now * 1000)
  redis.call('HSET', meta, 'last', text(order))
  return order
end

-- Nobody is drawn in front of people who wait in the order of their arrival.
local function isDrawn()
  if opened then return false end
  local last = redis.call('ZREVRANGE', line, 0, 0, 'WITHSCORES')
  return not last[2] or tonumber(last[2]) < 0
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
local function enter(place, previous)
  local visit = { letter = 'W', draw = 0, paid = previous and previous.paid or '', user = user }
  local first = beginsLine()
  if isDrawn() then
    visit.draw = redis.call('HINCRBY', meta, 'drawn', 1)
    redis.call('ZADD', line, drawOrder(visit.draw), place)
  else
    redis.call('ZADD', line, arrivalOrder(), place)
  end
  if previous then redis.call('ZREM', ended, place) end
  count('joined', 1)
  if first or isLate() then
    -- Stamped only after the line has moved: who is let in at once has been told nothing else before.
    write(place, 'W', now, 0, visit)
    advance(isLate())
    visit = find(place)
  end
  if visit.letter == 'W' then stamp(place, visit, 1) end
  return visit
end
