import { setTimeout as sleep } from 'node:timers/promises';
import { countTransactions } from '../environment/transactions';
import { scenario } from '../scenario';
import { killOne, underLoad } from './under-load';

/**
 * A lease of 3 s, and the next owner at work, twice over since it may be killed as well. Far below the 20 s after which
 * MongoDB itself would end the transaction of a dead worker.
 */
const slowest = 12_000;

export const workerKill = scenario({
  name: 'worker-kill',
  promise: 'Workers are killed (SIGKILL) again and again under load: nothing is lost, nothing is done twice.',
  full: { holdSeconds: 8, commands: 10_000, kills: 100, workers: 4, clients: 48 },
  short: { holdSeconds: 3, commands: 300, kills: 4, workers: 3, clients: 24 },
  async run(trial) {
    const { commands, kills, workers, clients } = trial.counts;
    let inside = 0;
    return underLoad(trial, {
      environment: { apis: 2, workers },
      load: { clients, commands },
      faults: kills,
      slowestMs: slowest,
      async fault(environment, _number, random) {
        const victim = random.pick(environment.workers.filter((worker) => worker.isUp()));
        // Frozen while we look: then what is open is what the kill leaves open.
        victim.freeze();
        inside += await countTransactions(environment, victim);
        void victim.restart('SIGKILL').catch((error: Error) => environment.unexpected.push(error.message));
      },
      measured: () => ({ 'killed inside a transaction': inside }),
    });
  },
});

export const apiKill = scenario({
  name: 'api-kill',
  promise: 'API processes are killed (SIGKILL) under load: a client that repeats with its key gets one outcome.',
  full: { holdSeconds: 8, commands: 6000, kills: 50, apis: 3, clients: 48 },
  short: { holdSeconds: 3, commands: 300, kills: 3, apis: 2, clients: 24 },
  run: (trial) =>
    underLoad(trial, {
      environment: { apis: trial.counts.apis, workers: 2 },
      load: { clients: trial.counts.clients, commands: trial.counts.commands },
      faults: trial.counts.kills,
      fault: async (environment, _number, random) => killOne(environment, environment.apis, random),
    }),
});

export const redisFlush = scenario({
  name: 'redis-flush',
  promise: 'Redis is wiped (FLUSHALL) under load: every accepted command is carried out all the same, in order.',
  full: { holdSeconds: 8, commands: 3000, flushes: 10, clients: 32 },
  short: { holdSeconds: 3, commands: 250, flushes: 3, clients: 24 },
  run: (trial) =>
    underLoad(trial, {
      environment: { apis: 2, workers: 2 },
      load: { clients: trial.counts.clients, commands: trial.counts.commands },
      faults: trial.counts.flushes,
      fault: async (environment) => void (await environment.redis.flushall()),
    }),
});

export const redisKill = scenario({
  name: 'redis-kill',
  promise: 'Redis is killed (SIGKILL) and started again under load: points go on, nothing accepted is lost.',
  full: { holdSeconds: 8, commands: 4000, kills: 20, clients: 32 },
  short: { holdSeconds: 3, commands: 200, kills: 2, clients: 24 },
  run: (trial) =>
    underLoad(trial, {
      environment: { apis: 2, workers: 2 },
      load: { clients: trial.counts.clients, commands: trial.counts.commands },
      faults: trial.counts.kills,
      async fault({ stores }, _number, random) {
        await stores.redis.stop('SIGKILL');
        await sleep(random.int(100, 3000));
        await stores.startRedis();
      },
    }),
});
