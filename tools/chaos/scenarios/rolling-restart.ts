import { setTimeout as sleep } from 'node:timers/promises';
import { openQueues } from '../../../shared/commands/queues';
import { createLogger } from '../../../shared/platform/logger';
import { verify } from '../check/verify';
import type { Environment } from '../environment/environment';
import { startLoad } from '../load/load';
import { scenario } from '../scenario';

/** What a client may meet: nothing was sent, or HTTP lets it repeat what was sent (see load/http.ts). */
const allowed = ['refused', 'closed-while-idle'];
const settleMs = 300;

export const rollingRestart = scenario({
  name: 'rolling-restart',
  promise:
    'API and worker processes are restarted (SIGTERM) one after another under load: no request fails, no job stalls.',
  full: { holdSeconds: 8, rounds: 5, apis: 3, workers: 3, clients: 32 },
  short: { holdSeconds: 3, rounds: 1, apis: 2, workers: 2, clients: 16 },
  async run({ counts, random, openEnvironment, inTime, log }) {
    const { apis, workers, clients } = counts;
    const environment = await openEnvironment({
      apis,
      workers,
      settings: { HOLD_SECONDS: String(counts.holdSeconds) },
    });
    // The clients don't know which processes are down: they find out by a refused connection.
    const load = await startLoad(environment, random, { clients, commands: Infinity, abandons: 0, routed: false });
    let rounds = 0;
    let restarts = 0;
    for (; rounds < counts.rounds && inTime(); rounds += 1) {
      for (const kept of [...environment.apis, ...environment.workers]) {
        await kept.restart('SIGTERM');
        restarts += 1;
        await sleep(settleMs);
      }
      log(`${rounds + 1} of ${counts.rounds} rounds, ${load.finished()} commands`);
    }
    load.stop();
    await load.done;
    const stalled = await jobsInHand(environment);
    const { violations, measured } = await verify(environment, load.history);
    const failed = [...load.history.counts].filter(([what]) => isFailure(what));
    const broken = [
      ...failed.map(([what, count]) => `${count} requests failed: ${what}`),
      ...(stalled > 0 ? [`${stalled} jobs are in the hands of workers that are gone`] : []),
    ];
    return {
      violations: [...violations, ...broken],
      measured: { rounds, restarts, 'stalled jobs': stalled, ...measured },
    };
  },
});

/** Everything but answers below 500 and what HTTP lets a client repeat. */
function isFailure(what: string): boolean {
  return !allowed.includes(what) && !/^(repeated: )?[234]\d\d/.test(what);
}

/** When all is quiet, no lane may have a job in hand: one would be left over from a worker that stopped. */
async function jobsInHand({ config, redis, models }: Environment): Promise<number> {
  const queues = openQueues(config, redis, { info: true }, createLogger('chaos', 'silent'));
  const deadline = performance.now() + 5000;
  let count = Infinity;
  while (count > 0 && performance.now() < deadline) {
    await sleep(50);
    if (await models.commands.exists({ status: 'accepted', dueAt: { $lte: new Date() } })) continue;
    const counts = await Promise.all(Array.from(queues.values(), (queue) => queue.getActiveCount()));
    count = counts.reduce((sum, active) => sum + active, 0);
  }
  await Promise.all(Array.from(queues.values(), (queue) => queue.close()));
  return count;
}
