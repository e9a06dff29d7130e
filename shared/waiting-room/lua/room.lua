-- What all scripts share; put behind the header of protocol.ts, which names keys, settings and requests, and in front of
-- every script before it is sent to Redis.
--
-- KEYS (one hash tag, so one slot of a cluster)
--   meta        hash    the waiting room: epoch, last arrival, counters, measured rate. About 20 fields
--   line        zset    who waits: visitor id -> order. The draw's orders are below zero, arrivals (microseconds) above
--   active      zset    who is admitted: visitor id -> when the session ends unless extended, ms
--   visitors    hash    visitor id -> record, for everybody; see encode() below
--   ended       zset    visitor id -> when its record may be deleted, ms
--   admissions  list    'ms:count' of the last 60 seconds
--   recent      zset    visitor id -> when an admission of the last 60 seconds was counted for it, ms
--   pending     stream  who was admitted, until a worker has stored it in MongoDB: see protocol.ts
-- Cost: everything here is O(log n) in the number of waiters, times at most `workLimit`.

local rateWindowMs = 60000
local burst = 10 -- most that the rate admits at once (or one second's worth)
local measureMs = 180000 -- time constant of the measured rate
local endedMs = 900000 -- how long the reason why a token has ended is kept
local outageMs = 15000 -- a waiting room that nobody called for so long was unreachable: its visitors could not poll
local silenceCheckMs = 1000 -- how often a part of the line is checked for silent visitors
local maxPending = 100000 -- calls whose admissions are kept while no worker stores them
local tickLateMs = 1000 -- polls move the line themselves when the tick is later than this

local time = redis.call('TIME')
local clock = time[1] * 1000 + math.floor(time[2] / 1000)
local now = clock + clockOffsetMs

local function text(number) return string.format('%.0f', number) end

-- A reset raises the epoch in MongoDB; the first call with the new one clears the waiting room, calls with an older one are
-- refused.
local base = redis.call('HMGET', meta, 'epoch', 'opened', 'beat', 'amnesty')
local storedEpoch = tonumber(base[1])
if storedEpoch and storedEpoch > epoch then return { answer('outdated') } end
if storedEpoch ~= epoch then
  redis.call('UNLINK', meta, line, active, visitors, ended, admissions, recent)
  redis.call('HSET', meta, 'epoch', epoch)
  base = {}
end
-- When the line was last moved, and since when visitors could poll after an outage.
local movedAt, amnesty = tonumber(base[3]) or 0, tonumber(base[4]) or 0
-- Whether the line has opened; that does not change when its opening is set anew, since by then the seed is known.
local opened = base[2] == '1' or opensAt <= now
if opensAt > 0 and opened and not base[2] then redis.call('HSET', meta, 'opened', '1') end

-- A visitor's record is 'letter:a:b:draw number:payment:user', times in ms. Only the next functions know it.
--   W waiting         a when the next poll is due, b 1 while the one early poll that follows a join is unused, else 0
--   A active          a since when, b the latest end
--   any other: ended  a since when, b 0
local endedStates = { C = 'completed', X = 'session-over', S = 'silent', L = 'left' }

local function encode(letter, a, b, visitor)
  local numbers = string.format('%.0f:%.0f:%.0f', a, b, visitor.drawNumber)
  return table.concat({ letter, numbers, visitor.paymentId, visitor.userId }, ':')
end

local function decode(record)
  local letter, a, b, drawNumber, paymentId, userId = string.match(record, '^(%u):(%d+):(%d+):(%d+):([^:]*):?(.*)$')
  drawNumber = tonumber(drawNumber)
  -- A table that is made with all its fields is much cheaper than one that grows.
  if letter == 'W' then
    return {
      state = 'waiting', drawNumber = drawNumber, paymentId = paymentId, userId = userId,
      nextPollAt = tonumber(a), mayPollEarly = b == '1', rank = nil,
    }
  end
  if letter == 'A' then
    return {
      state = 'active', drawNumber = drawNumber, paymentId = paymentId, userId = userId,
      nextPollAt = 0, activeUntil = 0, activeUntilAtMost = tonumber(b),
    }
  end
  return { state = endedStates[letter], drawNumber = drawNumber, paymentId = paymentId, userId = userId }
end

local function storeWaiting(id, visitor, nextPollAt, mayPollEarly)
  visitor.state, visitor.nextPollAt, visitor.mayPollEarly = 'waiting', nextPollAt, mayPollEarly
  redis.call('HSET', visitors, id, encode('W', nextPollAt, mayPollEarly and 1 or 0, visitor))
end

local function storeActive(id, visitor, activeUntilAtMost)
  redis.call('HSET', visitors, id, encode('A', now, activeUntilAtMost, visitor))
end

-- Of a visitor who is listed, so that there is a record. One that was deleted by hand counts as silent: a broken record
-- must not stop the line.
local function decodeListed(record)
  return record and decode(record) or { state = 'waiting', nextPollAt = 0, drawNumber = 0, paymentId = '', userId = '' }
end

local function count(field, by) redis.call('HINCRBY', meta, field, by) end

-- Ends a place in line or a session, and frees it.
local function endVisitor(id, visitor, state)
  redis.call('ZREM', visitor.state == 'active' and active or line, id)
  redis.call('ZADD', ended, now + endedMs, id)
  visitor.state = state
  for letter, name in pairs(endedStates) do
    if name == state then redis.call('HSET', visitors, id, encode(letter, now, 0, visitor)) end
  end
end

-- The visitor's present state, or nil. A session whose end has passed is ended here, before the tick does it.
local function find(id)
  local record = redis.call('HGET', visitors, id)
  if not record then return nil end
  local visitor = decode(record)
  if visitor.state == 'active' then
    visitor.activeUntil = tonumber(redis.call('ZSCORE', active, id)) or 0
    if visitor.activeUntil <= now then
      endVisitor(id, visitor, 'session-over')
      count('expired', 1)
    end
  end
  return visitor
end

local function isSilent(visitor)
  return math.max(visitor.nextPollAt, amnesty) + graceMs <= now
end

-- ms until the next poll of the waiter at `position` of `waiting`. Four fifths of the budget are the line's: half of that
-- is shared out evenly, half in proportion to 1/position (a harmonic sum, so it adds up to that half at most).
local function waitInterval(position, waiting)
  local budget = 0.8 * pollsPerSecond
  local perSecond = budget / waiting
  if opened then
    perSecond = perSecond / 2 + budget / 2 / (position * (1 + math.log(math.max(waiting, 1e6))))
  end
  return math.floor(math.max(minPollMs, 1000 / perSecond) * (1 + 0.2 * jitter))
end

-- The same for an active visitor: a fifth of the budget, but often enough to keep the session.
local function sessionInterval()
  local fair = 1000 * redis.call('ZCARD', active) / (0.2 * pollsPerSecond)
  local wanted = math.max(minPollMs, sessionMs / 10, fair)
  return math.floor(math.min(wanted * (1 + 0.2 * jitter), sessionMs / 2))
end

-- Moves the end of a session, never back and never beyond its maximum.
local function extend(id, visitor)
  local activeUntil = math.max(visitor.activeUntil, math.min(now + sessionMs, visitor.activeUntilAtMost))
  if activeUntil > visitor.activeUntil then redis.call('ZADD', active, activeUntil, id) end
  visitor.activeUntil = activeUntil
end

-- Notes that a waiter has polled, and sets when the next poll is due. `mayPollEarly`: one poll before that is answered.
local function notePoll(id, visitor, mayPollEarly)
  visitor.rank = redis.call('ZRANK', line, id)
  local interval = waitInterval(visitor.rank + 1, redis.call('ZCARD', line))
  storeWaiting(id, visitor, now + interval, mayPollEarly)
end

-- The answer that describes a visitor. Fields are set in one table for all visitors: a new one for each would cost as much
-- as the rest.
local fields = {}
local function answerOf(id, visitor, outcome)
  local state, drawNumber = visitor.state, visitor.drawNumber
  if state == 'waiting' then
    local rank = visitor.rank or redis.call('ZRANK', line, id)
    local rate = redis.call('HMGET', meta, 'flow', 'gone', 'flowAt', 'flowSince')
    fields.now, fields.nextPollAt, fields.drawNumber, fields.rank = now, visitor.nextPollAt, drawNumber, rank
    fields.admitted, fields.gaveUp, fields.measuredAt, fields.measuredSince = unpack(rate)
    return answer(outcome or state, fields)
  end
  if state == 'active' then
    fields.now, fields.nextPollAt, fields.drawNumber = now, now + sessionInterval(), drawNumber
    fields.activeUntil, fields.activeUntilAtMost = visitor.activeUntil, visitor.activeUntilAtMost
    return answer(state, fields)
  end
  return answer(state, visitor)
end
