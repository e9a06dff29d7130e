import { setTimeout as sleep } from 'node:timers/promises';
import { native } from '../../../shared/models';
import type { Random } from '../../random';
import { verify } from '../check/verify';
import type { Environment } from '../environment/environment';
import type { KeptProcess } from '../environment/kept-process';
import { countLines } from '../environment/log-lines';
import { countTransactions, lanesTaken } from '../environment/transactions';
import { startLoad } from '../load/load';
import { scenario, type Trial } from '../scenario';

/** Added on the way to MongoDB and back, so that a freeze mostly strikes inside a transaction. */
const slowMs = 8;
/** Besides the lease: until others must have taken the lanes of a frozen worker, and until it must be back at work. */
const takeOverMs = 6000;

export const workerFreeze = scenario({
  name: 'worker-freeze',
  promise:
    'Workers are frozen (SIGSTOP) until others have their lanes, then go on (SIGCONT): what they still write is refused.',
  full: { holdSeconds: 8, freezes: 100, workers: 4, clients: 32, leaseMs: 3000 },
  short: { holdSeconds: 3, freezes: 3, workers: 3, clients: 16, leaseMs: 1000 },
  async run(trial) {
    const { random, counts } = trial;
    const settings = { HOLD_SECONDS: String(counts.holdSeconds), LEASE_MS: String(counts.leaseMs) };
    const environment = await trial.openEnvironment({ apis: 2, workers: counts.workers, settings, proxied: true });
    environment.links.proxies.workerMongo?.slow(slowMs);
    const load = await startLoad(environment, random, { clients: counts.clients, commands: Infinity });
    const done = await freezeMany(trial, environment);
    load.stop();
    await load.done;
    environment.links.proxies.workerMongo?.heal();
    const { violations, measured } = await verify(environment, load.history);
    const logs = environment.workers.flatMap((worker) => worker.logs());
    const lost = await countLines(logs, '"why":"lost"');
    return {
      violations: [...violations, ...done.late],
      measured: { ...done.counts, 'lanes found lost': lost, ...measured },
    };
  },
});

/** Two workers at a time at most, so that there is always somebody to take over. */
async function freezeMany({ counts, random, inTime, log }: Trial, environment: Environment) {
  const idle = [...environment.workers];
  const late: string[] = [];
  const done = { freezes: 0, 'frozen inside a transaction': 0, 'longest take-over ms': 0 };

  async function crew(draw: Random): Promise<void> {
    while (done.freezes < (counts.freezes ?? 0) && inTime()) {
      done.freezes += 1;
      const [victim] = idle.splice(draw.int(0, idle.length - 1), 1);
      if (!victim) return;
      const { inside, tookMs } = await freeze(environment, victim, draw, late);
      done['frozen inside a transaction'] += inside;
      done['longest take-over ms'] = Math.max(done['longest take-over ms'], Math.round(tookMs));
      idle.push(victim);
      if (done.freezes % 10 === 0) log(`${done.freezes} of ${counts.freezes} freezes`);
    }
  }

  const crews = environment.workers.length > 3 ? ['a', 'b'] : ['a'];
  await Promise.all(crews.map((name) => crew(random.fork(`crew-${name}`))));
  return { counts: done, late };
}

async function freeze(environment: Environment, victim: KeptProcess, draw: Random, late: string[]) {
  await untilOwner(environment, victim, true);
  await sleep(draw.int(0, 300));
  victim.freeze();
  const start = performance.now();
  const inside = await countTransactions(environment, victim);
  if (!(await untilOwner(environment, victim, false)))
    late.push(`the lanes of ${victim.name}, frozen, were not taken over in time`);
  const tookMs = performance.now() - start;
  // Let the new owners work before the old one is back.
  await sleep(draw.int(0, 500));
  victim.thaw();
  if (!(await untilOwner(environment, victim, true))) late.push(`${victim.name} was not back at work in time`);
  return { inside, tookMs };
}

/** Waits until a worker owns lanes, or owns none any more. */
async function untilOwner({ models, config }: Environment, worker: KeptProcess, owner: boolean): Promise<boolean> {
  const deadline = performance.now() + config.LEASE_MS + takeOverMs;
  while (performance.now() < deadline) {
    const taken = (await lanesTaken(worker)).map(({ lane, epoch }) => ({ _id: lane, epoch }));
    const owned = taken.length > 0 && (await native(models, 'lanes').findOne({ $or: taken, owner: { $ne: null } }));
    if (Boolean(owned) === owner) return true;
    await sleep(20);
  }
  return false;
}
