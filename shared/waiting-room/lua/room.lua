-- What all verbs share; put in front of each of them before it is sent to Redis.
--
-- KEYS (one hash tag, so one slot of a cluster)
--   1 meta        hash    the room: epoch, last arrival, counters, measured rate. About 20 fields
--   2 line        zset    who waits: place -> order. The draw's orders are below zero, arrivals (microseconds) above
--   3 active      zset    who is in: place -> when the visit ends unless extended, ms
--   4 visits      hash    place -> record, for everybody; see write() below
--   5 ended       zset    place -> when its record may be forgotten, ms
--   6 admissions  list    'ms:count' of the last 60 seconds
--   7 news        stream  who was let in, until a worker has stored it: 'at' ms, then place and user of each, in order
-- ARGV 1-14, the same for all verbs; a place is 22 characters of a token's SHA-256
--   1 ms added to Redis' clock    2 epoch    3 maxActive or -1    4 admitPerMinute or -1    5 session, ms
--   6 longest visit, ms    7 grace, ms    8 when the line opens, ms, or 0    9 paused: 1 or 0    10 nobody new: 1 or 0
--   11 polls per second to ask for    12 shortest poll interval, ms    13 work per call    14 seed of the draw, hex
-- Cost: everything here is O(log n) in the number of waiters, times at most `work`.

local meta, line, active, visits, ended, admissions, news = unpack(KEYS)
local epoch, maxActive, perMinute = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local sessionMs, maxSessionMs, graceMs = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local opensAt, paused, draining = tonumber(ARGV[8]), ARGV[9] == '1', ARGV[10] == '1'
local polls, minPollMs, work, seed = tonumber(ARGV[11]), tonumber(ARGV[12]), tonumber(ARGV[13]), ARGV[14]
local jitter, user = 0, '' -- in [0, 1), and the user's id: of the visitor who is being served

local rateWindowMs = 60000
local burst = 10 -- most that the rate lets in at once (or one second's worth)
local measureMs = 180000 -- time constant of the measured rate
local endedMs = 900000 -- how long an ended token is told why
local outageMs = 15000 -- a room that nobody served for so long was not left by its visitors: it was away
local lookMs = 1000 -- how often some of the line is looked at for the silent
local mostNews = 100000 -- calls whose admissions are kept for the feed while no worker stores them
local beatMs = 1000 -- polls move the line themselves when the tick is later than this

local time = redis.call('TIME')
local clock = time[1] * 1000 + math.floor(time[2] / 1000)
local now = clock + tonumber(ARGV[1])

local function text(number) return string.format('%.0f', number) end

-- A reset raises the epoch in MongoDB; the first call that knows of it clears the room, calls that don't are refused.
local base = redis.call('HMGET', meta, 'epoch', 'opened', 'beat', 'amnesty')
local storedEpoch = tonumber(base[1])
if storedEpoch and storedEpoch > epoch then return { 'stale' } end
if storedEpoch ~= epoch then
  redis.call('UNLINK', meta, line, active, visits, ended, admissions)
  redis.call('HSET', meta, 'epoch', epoch)
  base = {}
end
local beat, amnesty = tonumber(base[3]) or 0, tonumber(base[4]) or 0
-- Whether the line has opened; that does not change when its opening is set anew, since by then the seed is known.
local opened = base[2] == '1' or opensAt <= now
if opensAt > 0 and opened and not base[2] then redis.call('HSET', meta, 'opened', '1') end

-- Record of a place: 'letter:a:b:draw:paid:user', times in ms.
--   W waiting: a when the next poll is due, b 1 while the one early poll that follows a join is not used up, else 0
--   A active: a since when, b the latest end
--   C completed, X session over, S silent, L left: a when it ended, b 0
local function write(place, letter, a, b, visit)
  local record = { letter, string.format('%.0f:%.0f:%.0f', a, b, visit.draw), visit.paid, visit.user }
  redis.call('HSET', visits, place, table.concat(record, ':'))
end

local function parse(record)
  local letter, a, b, draw, paid, who = string.match(record, '^(%u):(%d+):(%d+):(%d+):([^:]*):?(.*)$')
  return { letter = letter, a = tonumber(a), b = tonumber(b), draw = tonumber(draw), paid = paid, user = who }
end

local function read(place)
  local record = redis.call('HGET', visits, place)
  return record and parse(record) or nil
end

-- Of a place that is listed, so that there is a record. If somebody has deleted it by hand the place counts as silent:
-- one broken place must not stop the line.
local function known(record)
  return record and parse(record) or { letter = 'W', a = 0, b = 0, draw = 0, paid = '', user = '' }
end

local function count(field, by) redis.call('HINCRBY', meta, field, by) end

-- Ends a place and frees it.
local function endVisit(place, letter, visit)
  redis.call('ZREM', visit.letter == 'A' and active or line, place)
  redis.call('ZADD', ended, now + endedMs, place)
  visit.letter, visit.a, visit.b = letter, now, 0
  write(place, letter, now, 0, visit)
end

-- The place as it is now, or nil. A visit whose end has passed is ended here, before the tick comes by.
local function find(place)
  local visit = read(place)
  if visit and visit.letter == 'A' then
    visit.untilMs = tonumber(redis.call('ZSCORE', active, place)) or 0
    if visit.untilMs <= now then
      endVisit(place, 'X', visit)
      count('expired', 1)
    end
  end
  return visit
end

local function isSilent(dueAt)
  return math.max(dueAt, amnesty) + graceMs <= now
end

-- When to ask a waiter at `place` of `waiting` again, ms. Four fifths of the budget are the line's: half of that is
-- shared out evenly, half in proportion to 1/place (a harmonic sum, so it adds up to that half at most).
local function waitInterval(place, waiting)
  local budget = 0.8 * polls
  local perSecond = budget / waiting
  if opened then
    perSecond = perSecond / 2 + budget / 2 / (place * (1 + math.log(math.max(waiting, 1e6))))
  end
  return math.floor(math.max(minPollMs, 1000 / perSecond) * (1 + 0.2 * jitter))
end

-- The same for somebody active: a fifth of the budget, but often enough to stay in.
local function visitInterval()
  local fair = 1000 * redis.call('ZCARD', active) / (0.2 * polls)
  local wanted = math.max(minPollMs, sessionMs / 10, fair)
  return math.floor(math.min(wanted * (1 + 0.2 * jitter), sessionMs / 2))
end

-- Moves the end of a visit, never back and never beyond its maximum.
local function extend(place, visit)
  local untilMs = math.max(visit.untilMs, math.min(now + sessionMs, visit.b))
  if untilMs > visit.untilMs then redis.call('ZADD', active, untilMs, place) end
  visit.untilMs = untilMs
end

-- Stamps a waiter as heard of, and says when to come again. `free`: 1 if one poll before that will be answered, else 0.
local function stamp(place, visit, free)
  visit.rank, visit.waiting = redis.call('ZRANK', line, place), redis.call('ZCARD', line)
  visit.a, visit.b = now + waitInterval(visit.rank + 1, visit.waiting), free
  write(place, 'W', visit.a, free, visit)
end

-- What a caller is told: letter, now, rank (0 is next), waiting, next poll at, until, until at most, draw number, and the
-- measured rate: let in, gave up, measured at, measured since. Times in ms.
local function answer(place, visit)
  local told = { visit.letter, now, -1, 0, 0, 0, 0, visit.draw }
  if visit.letter == 'A' then
    told[5], told[6], told[7] = now + visitInterval(), visit.untilMs, visit.b
  elseif visit.letter == 'W' then
    told[3], told[4] = visit.rank or redis.call('ZRANK', line, place), visit.waiting or redis.call('ZCARD', line)
    told[5] = visit.a
    for i, value in ipairs(redis.call('HMGET', meta, 'flow', 'gone', 'flowAt', 'flowSince')) do
      told[8 + i] = value
    end
  end
  return told
end
