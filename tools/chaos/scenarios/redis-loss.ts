import { setTimeout as sleep } from 'node:timers/promises';
import { scenario } from '../scenario';
import { underLoad } from './under-load';

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
