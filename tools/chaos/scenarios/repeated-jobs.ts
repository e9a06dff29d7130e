import { verify } from '../check/verify';
import { deliverAgain } from '../environment/deliver-again';
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
