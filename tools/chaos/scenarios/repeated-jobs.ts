import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, QueueEvents } from 'bullmq';
import { allLanes } from '../../../shared/commands/lane-of';
import { queuePrefix } from '../../../shared/commands/queues';
import { verify } from '../check/verify';
import type { Environment } from '../environment/environment';
import { startLoad } from '../load/load';
import { scenario } from '../scenario';

const times = 3;
const settleMs = 60_000;

export const repeatedJobs = scenario({
  name: 'repeated-jobs',
  promise: 'Every job comes three times, some of them at once: every command takes effect once.',
  full: { holdSeconds: 8, commands: 3000, clients: 32 },
  short: { holdSeconds: 3, commands: 250, clients: 24 },
  async run({ counts, random, openEnvironment }) {
    const environment = await openEnvironment({
      apis: 2,
      workers: 2,
      settings: { HOLD_SECONDS: String(counts.holdSeconds) },
    });
    const deliverer = await deliverAgain(environment, times);
    const load = await startLoad(environment, random, { clients: counts.clients, commands: counts.commands });
    await load.done;
    const { jobs, deliveries, fewest } = await deliverer.finish(settleMs);
    const { violations, measured } = await verify(environment, load.history);
    const seldom = fewest < times ? [`a job came ${fewest} times only`] : [];
    return { violations: [...violations, ...seldom], measured: { jobs, deliveries, ...measured } };
  },
});

/** Brings every BullMQ job to a worker several times. */
interface Deliverer {
  /** Waits until each job that was added has come often enough; answers how often they came. */
  finish(deadlineMs: number): Promise<{ jobs: number; deliveries: number; fewest: number }>;
}

/** Puts a job that is in hand into its lane again, so that it comes twice at once. Gone already: the next way is taken. */
const putAgain = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('LPUSH', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[3], 0, '0')
return 1`;

async function deliverAgain({ config, redis, unexpected }: Environment, times: number): Promise<Deliverer> {
  const came = new Map<string, number>();
  const fail = (error: Error) => void unexpected.push(`delivering jobs again: ${error.message}`);
  const closers: (() => Promise<unknown>)[] = [];
  for (const lane of allLanes(config)) {
    const prefix = queuePrefix(config, lane);
    const queue = new Queue(lane, { connection: redis, prefix });
    const events = new QueueEvents(lane, { connection: redis, prefix });
    /** What jobs say, by id: read as soon as they are there, since they go when they are completed. */
    const carried = new Map<string, Promise<string | null | undefined>>();
    const key = (name: string) => `${prefix}:${lane}:${name}`;
    const seen = (jobId: string) => came.get(`${lane} ${jobId}`) ?? 0;
    events.on('added', ({ jobId }) => {
      came.set(`${lane} ${jobId}`, seen(jobId));
      if (!carried.has(jobId)) carried.set(jobId, redis.hget(key(jobId), 'data').catch(fail));
    });
    events.on('active', ({ jobId }) => {
      came.set(`${lane} ${jobId}`, seen(jobId) + 1);
      if (seen(jobId) === 1) redis.eval(putAgain, 3, key(jobId), key('wait'), key('marker'), jobId).catch(fail);
    });
    events.on('completed', ({ jobId }) => {
      if (seen(jobId) < times) addAgain(jobId).catch(fail);
    });
    async function addAgain(jobId: string): Promise<void> {
      const data = JSON.parse((await carried.get(jobId)) ?? '{}');
      // Completed ones stay for a while, and keep their ids.
      await queue.remove(jobId);
      await queue.add('again', data, { jobId, removeOnComplete: true });
    }
    closers.push(
      () => events.close(),
      () => queue.close(),
    );
    await events.waitUntilReady();
  }
  return {
    async finish(deadlineMs) {
      const deadline = performance.now() + deadlineMs;
      const fewest = () => Math.min(...came.values());
      while (fewest() < times && performance.now() < deadline) await sleep(50);
      for (const close of closers) await close();
      const deliveries = [...came.values()].reduce((sum, count) => sum + count, 0);
      return { jobs: came.size, deliveries, fewest: fewest() };
    },
  };
}
