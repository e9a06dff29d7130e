import { countTransactions } from '../lab/transactions';
import { scenario } from '../scenario';
import { underLoad } from './under-load';

export const workerKill = scenario({
  name: 'worker-kill',
  promise: 'Workers are killed (SIGKILL) again and again under load: nothing is lost, nothing is done twice.',
  full: { commands: 10_000, kills: 100, workers: 4, clients: 48 },
  short: { commands: 400, kills: 4, workers: 3, clients: 24 },
  async run(trial) {
    const { commands, kills, workers, clients } = trial.counts;
    let inside = 0;
    return underLoad(trial, {
      lab: { apis: 2, workers },
      load: { clients, commands },
      faults: kills,
      async fault(lab, _number, random) {
        const victim = random.pick(lab.workers.filter((worker) => worker.isUp()));
        // Frozen while we look: then what is open is what the kill leaves open.
        victim.freeze();
        inside += await countTransactions(lab, victim);
        void victim.restart('SIGKILL').catch((error: Error) => lab.surprises.push(error.message));
      },
      measured: () => ({ 'killed inside a transaction': inside }),
    });
  },
});
