import { setTimeout as sleep } from 'node:timers/promises';
import type { Member, MongodSet } from '../lab/mongod-set';
import type { Random } from '../random';
import { scenario } from '../scenario';
import { underLoad } from './under-load';

const ways = ['stepped down', 'killed', 'cut off, then killed'] as const;

export const mongoFailover = scenario({
  name: 'mongo-failover',
  promise:
    'The primary of three mongods steps down, is killed, or is killed when it can no longer replicate: no outcome that a client saw is taken back.',
  full: { failovers: 21, commands: 4200, clients: 32, electionMs: 10_000 },
  short: { failovers: 3, commands: 300, clients: 24, electionMs: 2000 },
  async run(trial) {
    const { failovers, commands, clients, electionMs } = trial.counts;
    const set = await trial.stores.startSet(electionMs);
    const counts = { 'stepped down': 0, killed: 0, 'cut off, then killed': 0 };
    try {
      return await underLoad(trial, {
        lab: { apis: 2, workers: 3, mongodbUri: set.uri },
        load: { clients, commands },
        faults: failovers,
        async fault(_lab, number, random) {
          const way = ways[(number - 1) % ways.length] ?? 'killed';
          counts[way] += 1;
          await strike(set, way, random);
        },
        measured: () => counts,
      });
    } finally {
      await set.close();
    }
  },
});

/** Resolves when there is a primary again and all three run. */
async function strike(set: MongodSet, way: (typeof ways)[number], random: Random): Promise<void> {
  const primary = await set.primary();
  if (way === 'stepped down') {
    // The connection may be closed by the very step.
    await primary.ask({ replSetStepDown: 10, secondaryCatchUpPeriodSecs: 5, force: true }).catch(() => undefined);
  } else {
    const others = set.members.filter((member) => member !== primary);
    if (way === 'cut off, then killed') await cutOff(others, random.int(500, 1500));
    await primary.process().stop('SIGKILL');
    for (const member of others) member.process().process.kill('SIGCONT');
    await set.primary();
    await primary.start();
  }
  await set.primary();
}

/** What the primary commits meanwhile is nobody else's: it will be rolled back. */
async function cutOff(secondaries: readonly Member[], ms: number): Promise<void> {
  for (const member of secondaries) member.process().process.kill('SIGSTOP');
  await sleep(ms);
}
