import type { Context } from '../../shared/context';
import { outdateBatches } from '../../shared/lanes/outdate-batches';
import { native } from '../../shared/models';
import { takeTurn } from '../audit/turn';
import { createSignal } from '../lanes/signal';
import { walkCallOff } from './walk-call-off';

/** How often a worker looks for dates to give back. */
const pollMs = 1000;
/** How long a worker that fell silent keeps its turn: another one goes on then. */
const leaseMs = 10_000;

/** Gives back what is held and owned of dates that were called off: one worker at a time, one date after another. */
export function startCallOffs(context: Context, workerId: string): { stop(): Promise<void> } {
  const { models, logger } = context;
  const signal = createSignal();
  let stopping = false;
  /** Dates for which all batches have been outdated by this worker. */
  const outdated = new Set<string>();

  async function giveBack(): Promise<void> {
    const unfinished = await native(models, 'callOffs').find({ finishedAt: null }).sort({ _id: 1 }).toArray();
    if (unfinished.length === 0) return outdated.clear();
    const turn = await takeTurn(models, workerId, leaseMs, 'call-offs');
    if (!turn) return;
    try {
      for (const callOff of unfinished) {
        // The process that called it off may have died before it did this. Once: each time the batches in flight run again.
        if (!outdated.has(callOff._id)) await outdateBatches(models);
        outdated.add(callOff._id);
        const done = await walkCallOff(context, callOff, async () => !stopping && (await turn.renew()));
        if (done) logger.info({ performance: callOff._id, seats: callOff.seats }, 'date given back');
      }
    } finally {
      await turn.end(0);
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      await giveBack().catch((error: unknown) => logger.warn({ error }, 'dates not given back yet'));
      await signal.wait(pollMs);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping = true;
      signal.raise();
      await running;
    },
  };
}
