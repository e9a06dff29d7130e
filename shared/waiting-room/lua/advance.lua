-- Moves the line; put behind room.lua for the verbs that free places or fill them. Everything in one call, so no two
-- callers can let in one person twice, or both fill the last place.
-- At most `work` of each: visits ended, records forgotten, let in or passed over, looked at for silence. `more` says that
-- a bound was met. What is not ended yet counts against the limits, so a bound can only make admission late.

-- Adds to the measured rate: exponentially decaying counts of who was let in from the line, and of who gave up in it.
local function measure(letIn, gone)
  local m = redis.call('HMGET', meta, 'flow', 'gone', 'flowAt')
  local fade = math.exp(((tonumber(m[3]) or now) - now) / measureMs)
  local flow, lost = (tonumber(m[1]) or 0) * fade + letIn, (tonumber(m[2]) or 0) * fade + gone
  redis.call('HSET', meta, 'flow', string.format('%.9g', flow), 'gone', string.format('%.9g', lost), 'flowAt', now)
end

local function endExpired()
  local over = redis.call('ZRANGEBYSCORE', active, '-inf', now, 'LIMIT', 0, work)
  for _, place in ipairs(over) do
    local visit = known(redis.call('HGET', visits, place))
    visit.letter = 'A'
    endVisit(place, 'X', visit)
  end
  if #over > 0 then count('expired', #over) end
  return #over == work
end

local function drop(place, visit)
  endVisit(place, 'S', visit)
  count('dropped', 1)
end

-- Goes through the line once a second, `work` places at a time, and starts again at its head: in a line of n a silent
-- visitor is counted for n / work seconds too long at most. Whoever is first is looked at in any case before being let in.
local function dropSilent()
  local last = redis.call('HMGET', meta, 'lookedAt', 'lookedTo')
  if now - (tonumber(last[1]) or 0) < lookMs then return end
  local some = redis.call('ZRANGEBYSCORE', line, last[2] or '-inf', '+inf', 'LIMIT', 0, work)
  local to = #some == work and redis.call('ZSCORE', line, some[work]) or '-inf'
  redis.call('HSET', meta, 'lookedAt', now, 'lookedTo', to)
  if #some == 0 then return end
  local dropped = 0
  for i, record in ipairs(redis.call('HMGET', visits, unpack(some))) do
    local visit = known(record)
    if isSilent(visit.a) then
      drop(some[i], visit)
      dropped = dropped + 1
    end
  end
  if dropped > 0 then measure(0, dropped) end
end

local function forgetEnded()
  local old = redis.call('ZRANGEBYSCORE', ended, '-inf', now, 'LIMIT', 0, work)
  if #old == 0 then return false end
  redis.call('ZREM', ended, unpack(old))
  redis.call('HDEL', visits, unpack(old))
  return #old == work
end

-- How many were let in during the last 60 seconds, to the millisecond.
local function admittedLately()
  local total = tonumber(redis.call('HGET', meta, 'window')) or 0
  local gone = 0
  for _ = 1, 4 * work do
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

-- How many may come in now by the rate: the rolling window, and an even pace within it.
local function allowedByRate()
  local lately = admittedLately()
  if perMinute < 0 then return math.huge, 0, 0 end
  if perMinute == 0 then return 0, 0, 0 end
  local step, atOnce = rateWindowMs / perMinute, math.max(burst, perMinute / 60)
  -- A time that runs ahead of now by `step` for each of the last ones in; `atOnce` steps are free.
  local pace = math.max(tonumber(redis.call('HGET', meta, 'pace')) or 0, now)
  pace = math.min(pace, now + atOnce * step)
  return math.min(perMinute - lately, math.floor((now - pace) / step + atOnce)), pace, step
end

local function letIn(place, order, visit)
  -- Whoever was told to come back later than now has the whole session from then on, within the longest visit.
  local untilMs = math.min(math.max(now, visit.a) + sessionMs, now + maxSessionMs)
  redis.call('ZADD', active, untilMs, place)
  write(place, 'A', now, now + maxSessionMs, visit)
  local since = order < 0 and (opensAt > 0 and opensAt or now) or math.floor(order / 1000)
  return math.max(0, now - since)
end

-- Lets in up to `places`, dropping the silent on the way.
local function fill(places)
  local admitted, told, waitedMs, waited, looked = {}, {}, 0, 0, 0
  while #admitted < places and looked < work do
    local head = redis.call('ZPOPMIN', line)
    if #head == 0 then break end
    looked = looked + 1
    local place = head[1]
    local visit = known(redis.call('HGET', visits, place))
    if isSilent(visit.a) then
      drop(place, visit)
    else
      local ms = letIn(place, tonumber(head[2]), visit)
      waitedMs, waited = waitedMs + ms, waited + (ms > 0 and 1 or 0)
      admitted[#admitted + 1] = place
      told[#told + 1], told[#told + 2] = place, visit.user
    end
  end
  -- With the admission itself, so that neither is there without the other. Nobody reads it: then the oldest go.
  if #told > 0 then redis.call('XADD', news, 'MAXLEN', '~', mostNews, '*', 'at', text(now), unpack(told)) end
  return admitted, waitedMs, waited, looked == work
end

-- Notes how fast the line moves. What fills a cap for the first time says nothing about the time that the next ones will
-- wait: only who comes in exchange for somebody else counts, and measuring begins when the cap is full.
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
  local admitted, waitedMs, waited, more = fill(math.min(free, byRate))
  if #admitted > 0 then
    redis.call('RPUSH', admissions, text(now) .. ':' .. #admitted)
    count('window', #admitted)
    count('admitted', #admitted)
    count('waitMs', waitedMs)
    if perMinute > 0 then redis.call('HSET', meta, 'pace', string.format('%.17g', pace + #admitted * step)) end
    measureAdmission(waited, byRate < free)
  end
  return admitted, more
end

-- Whether nobody has moved the line for a while. Verbs that need not do it then, so that it moves without the tick.
local function isLate()
  return clock - beat >= beatMs
end

-- Answers who was let in, and whether there is more to do. Verbs that free a place leave the silent to the tick.
local function advance(lookForSilent)
  if clock - beat > outageMs then
    -- Nobody could poll while Redis or all that serve it were away: silence counts from now.
    amnesty = now
    redis.call('HSET', meta, 'amnesty', now)
  end
  if clock ~= beat then redis.call('HSET', meta, 'beat', clock) end
  beat = clock
  if lookForSilent then dropSilent() end
  local a, b = endExpired(), forgetEnded()
  local admitted, c = admitNext()
  return admitted, a or b or c
end
