import { scenario } from '../scenario';
import { killOne, underLoad } from './under-load';

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
