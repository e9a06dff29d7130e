import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../random';
import { type Member, type MongodSet, startMongodSet } from '../../stack/stores/mongod-set';
import type { Environment } from '../environment/environment';
import { scenario } from '../scenario';
import { underLoad } from './under-load';

const ways = ['stepped down', 'killed', 'cut off, then killed'] as const;

export const mongoFailover = scenario({
  name: 'mongo-failover',
  promise:
    'The primary of three mongods steps down, is killed, or is killed when it can no longer replicate: no outcome that a client saw is taken back.',
  full: { holdSeconds: 8, failovers: 21, commands: 4200, clients: 32, electionMs: 10_000 },
  short: { holdSeconds: 3, failovers: 3, commands: 200, clients: 24, electionMs: 2000 },
  async run(trial) {
    const { failovers, commands, clients, electionMs } = trial.counts;
    const folder = join(trial.stores.folder, `set-${randomBytes(3).toString('hex')}`);
    const set = await startMongodSet({ binary: trial.stores.mongodBinary, folder, electionMs });
    const counts = { 'stepped down': 0, killed: 0, 'cut off, then killed': 0 };
    try {
      return await underLoad(trial, {
        environment: { apis: 2, workers: 3, mongodbUri: set.uri },
        load: { clients, commands },
        faults: failovers,
        async fault(environment, number, random) {
          const way = ways[(number - 1) % ways.length] ?? 'killed';
          counts[way] += 1;
          await strike(environment, set, way, random);
        },
        measured: () => counts,
      });
    } finally {
      await set.close();
    }
  },
});

/** Resolves when there is a primary again and all three serve. */
async function strike(
  environment: Environment,
  set: MongodSet,
  way: (typeof ways)[number],
  random: Random,
): Promise<void> {
  const primary = await set.primary();
  if (way === 'stepped down') {
    // The connection may be closed by the very step.
    await primary.ask({ replSetStepDown: 10, secondaryCatchUpPeriodSecs: 5, force: true }).catch(() => undefined);
  } else {
    const others = set.members.filter((member) => member !== primary);
    if (way === 'cut off, then killed') await cutOff(environment, others, random.int(500, 1500));
    await primary.process().stop('SIGKILL');
    // What the primary sent lies in the sockets of the frozen ones: they must never read it.
    if (way === 'cut off, then killed') await Promise.all(others.map(startAnew));
    await set.primary();
    await primary.start();
  }
  await set.whole();
}

/**
 * What the primary commits from now on is nobody else's: it will be rolled back. The workers are held back for a moment
 * first, so that there are accepted commands, with clients waiting, whose outcomes can only be of that kind.
 */
async function cutOff({ workers }: Environment, secondaries: readonly Member[], ms: number): Promise<void> {
  for (const worker of workers) worker.freeze();
  await sleep(300);
  for (const member of secondaries) member.process().process.kill('SIGSTOP');
  for (const worker of workers) worker.thaw();
  await sleep(ms);
}

async function startAnew(member: Member): Promise<void> {
  await member.process().stop('SIGKILL');
  await member.start();
}
