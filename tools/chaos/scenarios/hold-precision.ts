import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeStreamUpdateDocument } from 'mongodb';
import type { HoldDoc } from '../../../shared/holds/hold.model';
import { type Models, native } from '../../../shared/models';
import { percentile } from '../../percentile';
import type { Random } from '../../random';
import { untilQuiet, verify } from '../check/verify';
import type { Environment } from '../environment/environment';
import { type Crowd, gatherCrowd } from '../load/crowd';
import { type Finding, scenario, type Trial } from '../scenario';

const people = 200;
const atATime = 64;

interface PrecisionCounts extends Record<string, number> {
  holds: number;
  holdSeconds: number;
  /** How late 99 of 100 may be. */
  p99Ms: number;
}

export const holdPrecision = scenario({
  name: 'hold-precision',
  promise: 'Holds end at their time: none early, 99 of 100 within 0.2 seconds.',
  full: { holds: 10_000, holdSeconds: 30, p99Ms: 200 },
  // A machine that checks clones is nobody's stopwatch.
  short: { holds: 400, holdSeconds: 4, p99Ms: 2000 },
  run: (trial) => precision(trial, true),
});

export const holdPrecisionSweep = scenario({
  name: 'hold-precision-sweep',
  promise: 'With Redis away, holds end by the sweep alone: none early, 99 of 100 within 3 seconds.',
  full: { holds: 10_000, holdSeconds: 90, p99Ms: 3000 },
  short: { holds: 300, holdSeconds: 6, p99Ms: 6000 },
  run: (trial) => precision(trial, false),
});

async function precision(trial: Trial<PrecisionCounts>, redis: boolean): Promise<Finding> {
  const { counts, random, openEnvironment, stores, log } = trial;
  const environment = await openEnvironment({
    apis: 2,
    workers: 2,
    settings: { HOLD_SECONDS: String(counts.holdSeconds) },
  });
  const hall = { sections: 10, seatsPerSection: Math.ceil(counts.holds / 10) };
  const crowd = await gatherCrowd(environment, random, { people, hall, gate: 'rejoin', waitSeconds: 10 });
  const ends = watchEnds(environment.models);
  const start = performance.now();
  const placed = await placeAll(crowd, random, counts.holds);
  log(`${placed} holds placed in ${Math.round((performance.now() - start) / 1000)} s`);
  if (!redis) await stores.redis.stop();
  const tooSlow = !redis && performance.now() - start > counts.holdSeconds * 1000;
  await untilQuiet(environment.models, counts.holdSeconds * 1000 + 30_000);
  const lateMs = await ends.close();
  if (!redis) await stores.startRedis();
  crowd.close();
  await sleep(100);
  const { violations, measured } = await verify(environment, crowd.history);
  const figures = summarise(lateMs);
  const broken = [
    ...(tooSlow ? ['the first holds ended before Redis was away'] : []),
    ...(lateMs.length === placed ? [] : [`${lateMs.length} of ${placed} holds ended`]),
    ...(figures['earliest ms'] < 0 ? [`a hold ended ${-figures['earliest ms']} ms early`] : []),
    ...(figures['p99 ms'] > counts.p99Ms
      ? [`p99 is ${figures['p99 ms']} ms, it must be at most ${counts.p99Ms} ms`]
      : []),
    ...(await endedEarly(environment)),
  ];
  return { violations: [...violations, ...broken], measured: { holds: placed, ...figures, ...measured } };
}

async function placeAll(crowd: Crowd, random: Random, holds: number): Promise<number> {
  const seats = crowd.hall.seatIds.slice(0, holds);
  let placed = 0;
  async function crew(draw: Random): Promise<void> {
    for (let seatId = seats.pop(); seatId; seatId = seats.pop()) {
      const body = { seatIds: [seatId] };
      const { outcome } = await crowd.give(draw.pick(crowd.people), 'hold.place', crowd.hall.performanceId, body);
      if (outcome?.status === 'done') placed += 1;
    }
  }
  await Promise.all(Array.from({ length: atATime }, (_, index) => crew(random.fork(`crew-${index}`))));
  return placed;
}

function summarise(lateMs: readonly number[]) {
  return {
    'earliest ms': percentile(lateMs, 0),
    'p50 ms': percentile(lateMs, 0.5),
    'p99 ms': percentile(lateMs, 0.99),
    'latest ms': percentile(lateMs, 1),
  };
}

/** By what the holds say themselves. */
async function endedEarly({ models }: Environment): Promise<string[]> {
  const early = await models.holds.find({ $expr: { $lt: ['$endedAt', '$expiresAt'] } }).lean();
  return early.map(({ _id }) => `${_id} says that it ended before its time`);
}

/** Long enough for the last events to come. */
const settleMs = 1000;

/**
 * Measures when holds really end: the time at which their end was committed, as MongoDB's change stream reports it.
 * `close` answers how many milliseconds after its time each hold ended.
 */
function watchEnds(models: Models): { close(): Promise<number[]> } {
  const ended: { id: string; at: number }[] = [];
  const match = { operationType: 'update', 'updateDescription.updatedFields.status': 'expired' };
  const stream = native(models, 'holds').watch<HoldDoc, ChangeStreamUpdateDocument<HoldDoc>>([{ $match: match }]);
  stream.on('change', ({ documentKey, wallTime }) => {
    ended.push({ id: String(documentKey._id), at: wallTime?.getTime() ?? 0 });
  });
  return {
    async close() {
      await sleep(settleMs);
      await stream.close();
      const holds = await native(models, 'holds')
        .find({}, { projection: { expiresAt: 1 } })
        .toArray();
      const endOf = new Map(holds.map(({ _id, expiresAt }) => [_id, expiresAt.getTime()]));
      return ended.map(({ id, at }) => at - (endOf.get(id) ?? 0));
    },
  };
}
