import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { native } from '../../../shared/models';
import { verify } from '../check/verify';
import type { Environment } from '../environment/environment';
import { startArrivals } from '../load/arrivals';
import { scenario } from '../scenario';

/** Besides what the queue in front of a lane may grow to: how seldom the API looks at it, and what it let in by then. */
const slackMs = 5000;
/** How much memory may still grow after the first third. */
const growth = 1.3;
const warmUpMs = 2000;

export const overload = scenario({
  name: 'overload',
  promise:
    'Three times as many commands arrive as can be carried out: memory and the oldest command stay bounded, and at least 0.9 of capacity is done.',
  full: { seconds: 300, capacitySeconds: 30, times: 3, slowMs: 40, groupSize: 48, leastPercent: 90 },
  // So short a look at capacity is a rough one.
  short: { seconds: 9, capacitySeconds: 3, times: 3, slowMs: 20, groupSize: 24, leastPercent: 50 },
  async run({ counts, random, openEnvironment, log }) {
    // A slow MongoDB and small groups make the workers the narrow place, not the machine that the clients share.
    const settings = { GROUP_SIZE: String(counts.groupSize), HOLD_SECONDS: '60' };
    const environment = await openEnvironment({ apis: 2, workers: 1, settings, proxied: true });
    environment.links.proxies.workerMongo?.slow(counts.slowMs);
    const arrivals = await startArrivals(environment, random);
    const measure = () => rateDuring(environment, counts.capacitySeconds * 1000, (ms) => arrivals.closed(ms));
    const before = await measure();
    const perSecond = before * counts.times;
    log(`capacity ${Math.round(before)} commands/s; now ${Math.round(perSecond)} arrive each second`);
    const watch = watchProcesses(environment);
    const goodput = await rateDuring(environment, counts.seconds * 1000, (ms) => arrivals.open(perSecond, ms));
    const seen = await watch.stop();
    // The machine may have been faster or slower meanwhile.
    const capacity = (before + (await measure())) / 2;
    environment.links.proxies.workerMongo?.heal();
    const { violations, measured } = await verify(environment, arrivals.history);
    arrivals.close();
    const share = goodput / capacity;
    const mostMs = oldestAllowed(environment, counts);
    const broken = [
      ...(share < counts.leastPercent / 100 ? [`goodput is ${share.toFixed(2)} of capacity`] : []),
      ...(seen.oldestMs > mostMs ? [`a command was ${seen.oldestMs} ms old, it may be ${mostMs} ms`] : []),
      ...(seen.growth > growth ? [`memory grew by ${seen.growth.toFixed(2)} after the first third`] : []),
      ...(arrivals.dropped() > 0 ? [`${arrivals.dropped()} commands could not be sent: no valid load`] : []),
    ];
    const figures = {
      'capacity commands/s': Math.round(capacity),
      'arrivals/s': Math.round(perSecond),
      'goodput commands/s': Math.round(goodput),
      'goodput of capacity': share.toFixed(2),
      'oldest command ms': `${seen.oldestMs} (at most ${mostMs})`,
      'memory MB at most': seen.memory,
      'memory growth after the first third': seen.growth.toFixed(2),
      'answer p99 ms': arrivals.answerMs(0.99),
    };
    return { violations: [...violations, ...broken], measured: { ...figures, ...measured } };
  },
});

/**
 * The API refuses for a lane whose oldest command is MAX_BACKLOG_SECONDS old. Until it is, everything that arrives is
 * let in, and the last of that waits `times` as long.
 */
function oldestAllowed(
  { config }: Environment,
  { times, leastPercent }: { times: number; leastPercent: number },
): number {
  return Math.round((config.MAX_BACKLOG_SECONDS * 1000 * times * 100) / leastPercent) + slackMs;
}

/** Finished commands a second, by MongoDB, between the warm-up and the end of some work. */
async function rateDuring({ models }: Environment, ms: number, work: (ms: number) => Promise<void>): Promise<number> {
  const finished = () => native(models, 'commands').countDocuments({ status: { $ne: 'accepted' } });
  const working = work(warmUpMs + ms);
  await sleep(warmUpMs);
  const [before, start] = [await finished(), performance.now()];
  await sleep(ms);
  const rate = ((await finished()) - before) / ((performance.now() - start) / 1000);
  await working;
  return rate;
}

const run = promisify(execFile);

interface Watched {
  /** Age of the oldest command that was due and unfinished, at most. */
  oldestMs: number;
  /** Memory of each process at most, such as `api-1 120, worker-1 95`, MB. */
  memory: string;
  /** The most memory of any process after the first third of the time, as a multiple of its most before. */
  growth: number;
}

const lookMs = 1000;

/** Looks once a second at the memory of all processes and at the oldest unfinished command. */
function watchProcesses({ models, apis, workers }: Environment): { stop(): Promise<Watched> } {
  const sizes = new Map<string, number[]>();
  let oldestMs = 0;

  async function look(): Promise<void> {
    const oldest = await native(models, 'commands').findOne(
      { status: 'accepted', kind: { $ne: 'hold.expire' } },
      { sort: { dueAt: 1 }, projection: { dueAt: 1 } },
    );
    if (oldest) oldestMs = Math.max(oldestMs, Date.now() - oldest.dueAt.getTime());
    for (const kept of [...apis, ...workers]) {
      const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(kept.pid())]);
      const all = sizes.get(kept.name) ?? [];
      sizes.set(kept.name, [...all, Number(stdout) / 1024]);
    }
  }

  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => undefined);
  }, lookMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      const memory = Array.from(sizes, ([name, all]) => `${name} ${Math.round(Math.max(...all))}`).join(', ');
      return { oldestMs, memory, growth: Math.max(0, ...Array.from(sizes.values(), grownBy)) };
    },
  };
}

function grownBy(sizes: readonly number[]): number {
  const third = Math.ceil(sizes.length / 3);
  return Math.max(...sizes.slice(third)) / Math.max(...sizes.slice(0, third));
}
