import { setTimeout as sleep } from 'node:timers/promises';
import { native } from '../../../shared/models';
import { judge } from '../check/verdict';
import type { Lab } from '../lab/lab';
import { watchProcesses } from '../lab/watch-processes';
import { startArrivals } from '../load/arrivals';
import { scenario } from '../scenario';

/** Of capacity, that must still be done when far more is asked for. */
const leastGoodput = 0.9;
/** Besides MAX_BACKLOG_SECONDS: the API looks four times a second, and what it let in by then is still to be done. */
const backlogSlackMs = 5000;
/** How much memory may still grow after the first third. */
const growth = 1.3;
const warmUpMs = 2000;

export const overload = scenario({
  name: 'overload',
  promise:
    'Three times as many commands arrive as can be carried out: memory and the oldest command stay bounded, and at least 0.9 of capacity is done.',
  full: { seconds: 300, capacitySeconds: 30, times: 3, slowMs: 10, groupSize: 16 },
  short: { seconds: 15, capacitySeconds: 5, times: 3, slowMs: 10, groupSize: 8 },
  async run({ counts, random, openLab, say }) {
    // A slow MongoDB and small groups make the workers the narrow place, not the machine that the clients share.
    const settings = { GROUP_SIZE: String(counts.groupSize), HOLD_SECONDS: '60' };
    const lab = await openLab({ apis: 2, workers: 1, settings, proxied: true });
    lab.links.proxies.workerMongo?.slow(counts.slowMs);
    const arrivals = await startArrivals(lab, random);
    const capacity = await measureCapacity(lab, arrivals, counts.capacitySeconds * 1000);
    say(`capacity ${Math.round(capacity)} commands/s; now ${Math.round(capacity * counts.times)} arrive each second`);
    const watch = watchProcesses(lab);
    const goodput = await rateDuring(lab, counts.seconds * 1000, () =>
      arrivals.open(capacity * counts.times, warmUpMs + counts.seconds * 1000),
    );
    const seen = await watch.stop();
    lab.links.proxies.workerMongo?.heal();
    const { violations, measured } = await judge(lab, arrivals.history);
    arrivals.close();
    const mostMs = lab.config.MAX_BACKLOG_SECONDS * 1000 + backlogSlackMs;
    const share = goodput / capacity;
    const broken = [
      ...(share < leastGoodput ? [`goodput is ${share.toFixed(2)} of capacity`] : []),
      ...(seen.oldestMs > mostMs ? [`a command was ${seen.oldestMs} ms old, it may be ${mostMs} ms`] : []),
      ...(seen.growth > growth ? [`memory grew by ${seen.growth.toFixed(2)} after the first third`] : []),
      ...(arrivals.dropped() > 0
        ? [`the clients could not send ${arrivals.dropped()} of their commands: no valid load`]
        : []),
    ];
    const told = {
      'capacity commands/s': Math.round(capacity),
      'arrivals/s': Math.round(capacity * counts.times),
      'goodput commands/s': Math.round(goodput),
      'goodput of capacity': share.toFixed(2),
      'oldest command ms': seen.oldestMs,
      'memory MB at most, by process': seen.memory,
      'memory growth after the first third': seen.growth.toFixed(2),
      'answer p99 ms': arrivals.answerMs(0.99),
    };
    return { violations: [...violations, ...broken], measured: { ...told, ...measured } };
  },
});

/** Commands a second that are finished while there is always enough to do. */
async function measureCapacity(
  lab: Lab,
  arrivals: Awaited<ReturnType<typeof startArrivals>>,
  ms: number,
): Promise<number> {
  return rateDuring(lab, ms, () => arrivals.closed(ms + warmUpMs));
}

/** Finished commands a second, by MongoDB, between the warm-up and the end of some work. */
async function rateDuring({ models }: Lab, ms: number, work: () => Promise<void>): Promise<number> {
  const finished = () => native(models, 'commands').countDocuments({ status: { $ne: 'accepted' } });
  const working = work();
  await sleep(warmUpMs);
  const [before, start] = [await finished(), performance.now()];
  await sleep(ms);
  const rate = ((await finished()) - before) / ((performance.now() - start) / 1000);
  await working;
  return rate;
}
