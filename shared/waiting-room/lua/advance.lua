-- Moves the line; put behind room.lua for the scripts that free places or fill them. Everything in one call, so no two
-- callers can admit one visitor twice, or both fill the last place.
-- At most `workLimit` of each: sessions ended, records deleted, visitors admitted or passed over, visitors checked for
-- silence. `more` says that a bound was met. What is not ended yet counts against the limits, so a bound can only make
-- admission late.

-- Adds to the measured rate: exponentially decaying counts of who was admitted from the line, and of who gave up in it.
local function measure(admitted, gaveUp)
  local m = redis.call('HMGET', meta, 'flow', 'gone', 'flowAt')
  local fade = math.exp(((tonumber(m[3]) or now) - now) / measureMs)
  local flow, gone = (tonumber(m[1]) or 0) * fade + admitted, (tonumber(m[2]) or 0) * fade + gaveUp
  redis.call('HSET', meta, 'flow', string.format('%.9g', flow), 'gone', string.format('%.9g', gone), 'flowAt', now)
end

local function endExpired()
  local over = redis.call('ZRANGEBYSCORE', active, '-inf', now, 'LIMIT', 0, workLimit)
  for _, id in ipairs(over) do
    local visitor = decodeListed(redis.call('HGET', visitors, id))
    visitor.state = 'active'
    endVisitor(id, visitor, 'session-over')
  end
  if #over > 0 then count('expired', #over) end
  return #over == workLimit
end

local function drop(id, visitor)
  endVisitor(id, visitor, 'silent')
  count('dropped', 1)
end

-- Goes through the line once a second, `workLimit` visitors at a time, and starts again at its head: in a line of n a
-- silent visitor is counted for n / workLimit seconds too long at most. The first in line is always checked before being
-- admitted.
local function dropSilent()
  local last = redis.call('HMGET', meta, 'lookedAt', 'lookedTo')
  if now - (tonumber(last[1]) or 0) < silenceCheckMs then return end
  local some = redis.call('ZRANGEBYSCORE', line, last[2] or '-inf', '+inf', 'LIMIT', 0, workLimit)
  local to = #some == workLimit and redis.call('ZSCORE', line, some[workLimit]) or '-inf'
  redis.call('HSET', meta, 'lookedAt', now, 'lookedTo', to)
  if #some == 0 then return end
  local dropped = 0
  for i, record in ipairs(redis.call('HMGET', visitors, unpack(some))) do
    local visitor = decodeListed(record)
    if isSilent(visitor) then
      drop(some[i], visitor)
      dropped = dropped + 1
    end
  end
  if dropped > 0 then measure(0, dropped) end
end

local function deleteEnded()
  local old = redis.call('ZRANGEBYSCORE', ended, '-inf', now, 'LIMIT', 0, workLimit)
  if #old == 0 then return false end
  redis.call('ZREM', ended, unpack(old))
  redis.call('HDEL', visitors, unpack(old))
  return #old == workLimit
end

-- How many were admitted during the last 60 seconds, to the millisecond.
local function admittedLastMinute()
  local total = tonumber(redis.call('HGET', meta, 'window')) or 0
  local gone = 0
  for _ = 1, 4 * workLimit do
    local head = redis.call('LINDEX', admissions, 0)
    if not head then break end
    local at, number = string.match(head, '^(%d+):(%d+)$')
    if tonumber(at) > now - rateWindowMs then break end
    redis.call('LPOP', admissions)
    gone = gone + tonumber(number)
  end
  if gone > 0 then count('window', -gone) end
  return total - gone
end

-- How many the rate allows now: the rolling window, and an even pace within it.
local function allowedByRate()
  local lastMinute = admittedLastMinute()
  if admitPerMinute < 0 then return math.huge, 0, 0 end
  if admitPerMinute == 0 then return 0, 0, 0 end
  local step, atOnce = rateWindowMs / admitPerMinute, math.max(burst, admitPerMinute / 60)
  -- A time that runs ahead of now by `step` for each of the last admissions; `atOnce` steps are free.
  local pace = math.max(tonumber(redis.call('HGET', meta, 'pace')) or 0, now)
  pace = math.min(pace, now + atOnce * step)
  return math.min(admitPerMinute - lastMinute, math.floor((now - pace) / step + atOnce)), pace, step
end

-- Returns how long the visitor has waited, ms.
local function admit(id, order, visitor)
  -- A visitor whose next poll is due later than now has the whole session from then on, within the longest session.
  local activeUntil = math.min(math.max(now, visitor.nextPollAt) + sessionMs, now + maxSessionMs)
  redis.call('ZADD', active, activeUntil, id)
  storeActive(id, visitor, now + maxSessionMs)
  local since = order < 0 and (opensAt > 0 and opensAt or now) or math.floor(order / 1000)
  return math.max(0, now - since)
end

-- Whether the admission counts for the rate: each visitor spends one a minute, so that joining and leaving again and again
-- takes none from others.
local function spendAdmission(id)
  if tonumber(redis.call('ZSCORE', recent, id) or 0) > now - rateWindowMs then return 0 end
  redis.call('ZADD', recent, now, id)
  return 1
end

-- Admits up to `places` visitors, dropping the silent on the way.
local function fill(places)
  redis.call('ZREMRANGEBYSCORE', recent, '-inf', now - rateWindowMs)
  local admitted, entry, waitedMs, waited, checked, spent = {}, {}, 0, 0, 0, 0
  while #admitted < places and checked < workLimit do
    local head = redis.call('ZPOPMIN', line)
    if #head == 0 then break end
    checked = checked + 1
    local id = head[1]
    local visitor = decodeListed(redis.call('HGET', visitors, id))
    if isSilent(visitor) then
      drop(id, visitor)
    else
      local ms = admit(id, tonumber(head[2]), visitor)
      waitedMs, waited, spent = waitedMs + ms, waited + (ms > 0 and 1 or 0), spent + spendAdmission(id)
      admitted[#admitted + 1] = id
      entry[#entry + 1], entry[#entry + 2] = id, visitor.userId
    end
  end
  -- In the same call as the admission, so that there is never one without the other. If no worker stores them, the oldest
  -- are dropped.
  if #entry > 0 then
    redis.call('XADD', pending, 'MAXLEN', '~', maxPending, '*', admittedAtField, text(now), unpack(entry))
  end
  return admitted, waitedMs, waited, checked == workLimit, spent
end

-- Measures how fast the line moves. Filling a cap for the first time says nothing about the time that the next visitors
-- wait: only an admission in exchange for somebody else counts, and measuring begins when the cap is full.
local function measureAdmission(waited, boundByRate)
  if maxActive < 0 or boundByRate then return waited > 0 and measure(waited, 0) end
  local peak, flow = unpack(redis.call('HMGET', meta, 'peak', 'flow'))
  local taken = redis.call('ZCARD', active)
  local filled = math.max(0, taken - (tonumber(peak) or 0))
  if filled > 0 then redis.call('HSET', meta, 'peak', taken) end
  if filled > 0 and (tonumber(flow) or 0) < 0.5 then redis.call('HSET', meta, 'flowSince', now) end
  if waited > filled then measure(waited - filled, 0) end
end

local function admitNext()
  if paused or opensAt > now or redis.call('EXISTS', line) == 0 then return {}, false end
  local free = maxActive < 0 and math.huge or maxActive - redis.call('ZCARD', active)
  if free <= 0 then return {}, false end
  local byRate, pace, step = allowedByRate()
  local admitted, waitedMs, waited, more, spent = fill(math.min(free, byRate))
  if #admitted > 0 then
    if spent > 0 then redis.call('RPUSH', admissions, text(now) .. ':' .. spent) end
    count('window', spent)
    count('admitted', #admitted)
    count('waitMs', waitedMs)
    if admitPerMinute > 0 then redis.call('HSET', meta, 'pace', string.format('%.17g', pace + spent * step)) end
    measureAdmission(waited, byRate < free)
  end
  return admitted, more
end

-- Whether nobody has moved the line for a while. Other scripts do it then, so that it moves without the tick.
local function isTickLate()
  return clock - movedAt >= tickLateMs
end

-- Returns who was admitted, and whether there is more to do. Scripts that free a place leave the silent to the tick.
local function advance(checkSilent)
  if clock - movedAt > outageMs then
    -- Nobody could poll while Redis or all its callers were unreachable: silence counts from now.
    amnesty = now
    redis.call('HSET', meta, 'amnesty', now)
  end
  if clock ~= movedAt then redis.call('HSET', meta, 'beat', clock) end
  movedAt = clock
  if checkSilent then dropSilent() end
  local a, b = endExpired(), deleteEnded()
  local admitted, c = admitNext()
  return admitted, a or b or c
end
