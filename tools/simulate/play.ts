import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../../client/src/index';
import type { Progress } from '../progress';
import { createRandom, type Random } from '../random';
import { createAgentFetch } from './agent-fetch';
import { checkSale } from './check';
import type { SimulationOptions } from './options';
import { createRecorder, type Recorder } from './record';
import type { Sale } from './sale';
import { createSeatMaps, playUser, type SaleContext } from './user';

/** How often everybody is looked at, ms. */
const sampleMs = 250;

/**
 * Plays the sale to its end, or until `stop` is aborted.
 * @param run part of the users' names, so that every sale has its own
 */
export async function playSale(
  url: string,
  sale: Sale,
  options: SimulationOptions,
  { run, stop, progress }: { run: string; stop: AbortSignal; progress: Progress },
): Promise<Recorder> {
  const agent = createAgentFetch(url, options.connections);
  const recorder = createRecorder();
  const random = createRandom(options.random);
  const open = createClient({ baseUrl: url, fetch: agent.fetch, onAnswer: recorder.answered });
  const signals = createSignals();
  const context: SaleContext = {
    ...{ url, open, fetch: agent.fetch, sale, recorder, random, thinkMs: options.thinkMs },
    seatMaps: createSeatMaps(open, sale.performanceIds, recorder),
    soldOut: () => signals.end('sold out'),
  };
  const onStop = () => signals.end(stop.reason);
  if (stop.aborted) onStop();
  stop.addEventListener('abort', onStop);
  const looking = setInterval(() => showProgress(recorder, sale, progress), sampleMs);

  async function enter(name: string, afterMs: number): Promise<void> {
    const user = signals.add();
    await sleep(afterMs, undefined, { signal: user.signal }).catch(() => undefined);
    const ending = await playUser(context, name, user.signal);
    recorder.endings[ending] += 1;
    signals.remove(user);
    progress.add(1);
  }

  try {
    recorder.sample();
    const arrivals = Array.from({ length: options.users }, () => arrival(random, options.arriveMs));
    await Promise.all(arrivals.map((afterMs, i) => enter(`sale ${run} ${i + 1}`, afterMs)));
    recorder.sample();
    recorder.align();
    await checkSale(open, sale, recorder);
    return recorder;
  } finally {
    clearInterval(looking);
    stop.removeEventListener('abort', onStop);
    progress.end();
    agent.close();
  }
}

/** A signal for each who plays, since one with thousands of listeners is slow. */
function createSignals() {
  const open = new Set<AbortController>();
  let over: unknown;
  return {
    add(): AbortController {
      const one = new AbortController();
      setMaxListeners(0, one.signal);
      open.add(one);
      if (over !== undefined) one.abort(over);
      return one;
    },
    remove: (one: AbortController) => open.delete(one),
    /** Ends it for all of them, also for who comes later. */
    end(reason: unknown): void {
      over ??= reason;
      for (const one of open) one.abort(over);
    },
  };
}

/** A rush that ebbs away: half of them come in the first quarter. */
function arrival(random: Random, withinMs: number): number {
  const steepness = 2.6;
  return (-Math.log(1 - random.next() * (1 - Math.exp(-steepness))) / steepness) * withinMs;
}

function showProgress(recorder: Recorder, sale: Sale, progress: Progress): void {
  recorder.sample();
  const { waiting, inside, sold } = recorder.now;
  progress.note(`${waiting} in line, ${inside} inside, ${sold} of ${sale.seats} seats sold`);
}
