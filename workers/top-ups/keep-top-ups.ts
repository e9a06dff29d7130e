import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { applyFact } from '../../shared/top-ups/apply-fact';
import { type PaymentProvider, ProviderAway } from '../../shared/top-ups/provider';
import type { TopUpDoc } from '../../shared/top-ups/top-up.model';
import { isTransient } from '../batches/is-transient';
import { createSignal } from '../lanes/signal';
import { advance } from './advance-top-up';

/** ms. */
const tickMs = 1000;
/** ms. How long an event may be about a payment that is not known here: the account may have others than ours. */
const unknownMs = 24 * 3600_000;
/** Top-ups and events of one tick: no more than the provider answers in a moment. */
const atATime = 20;

/** ms until the next look: 5 s, 10 s, 20 s … at most 5 minutes; a moment where only our own workers are waited for. */
function nextLookMs({ status, polls }: TopUpDoc): number {
  const [first, max] = status === 'pending' || status === 'refunding' ? [5000, 300_000] : [500, 60_000];
  return Math.min(max, first * 2 ** Math.min(polls, 20));
}

/**
 * Makes up for what the provider has not said, or an API process not finished: asks for pending top-ups, more and more seldom,
 * and carries out events that were stored. Each worker may; a look is claimed by moving its time, so that mostly one does.
 */
export function startTopUps(context: Context, provider: PaymentProvider): { stop(): Promise<void> } {
  const { models, clock, logger } = context;
  const signal = createSignal();
  let stopped = false;

  async function claimDue(): Promise<TopUpDoc | null> {
    const topUps = native(models, 'topUps');
    const now = clock.now();
    // The index has times only, and serves only a query with the same condition.
    const due = await topUps.findOne({ pollAt: { $lte: new Date(now), $type: 'date' } }, { sort: { pollAt: 1 } });
    if (!due) return null;
    const $set = { pollAt: new Date(now + nextLookMs(due)) };
    return topUps.findOneAndUpdate({ _id: due._id, pollAt: due.pollAt }, { $set, $inc: { polls: 1 } });
  }

  async function lookAtDue(): Promise<void> {
    for (let left = atATime; left > 0 && !stopped; left -= 1) {
      const topUp = await claimDue();
      if (!topUp) return;
      await advance(context, provider, topUp).catch((error: unknown) => {
        const level = error instanceof ProviderAway || isTransient(error) ? 'warn' : 'error';
        logger[level]({ topUp: topUp._id, error }, 'a top-up could not be looked at; it will be again');
      });
    }
  }

  async function carryOutEvents(): Promise<void> {
    const events = native(models, 'providerEvents');
    const now = clock.now();
    const due = { pending: true, tryAt: { $lte: new Date(now) } };
    for (const { _id, fact, receivedAt } of await events.find(due).sort({ tryAt: 1 }).limit(atATime).toArray()) {
      const age = now - receivedAt.getTime();
      const isDone = (await applyFact(context, fact)) || age > unknownMs;
      const tryAt = new Date(now + Math.min(300_000, Math.max(tickMs, age)));
      await events.updateOne({ _id }, { $set: isDone ? { pending: false } : { tryAt } });
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      for (const work of [lookAtDue, carryOutEvents])
        await work().catch((error: unknown) => logger.warn({ error }, 'top-ups not looked after'));
      await signal.wait(tickMs);
    }
  }

  const running = run();
  return {
    async stop() {
      stopped = true;
      signal.raise();
      await running;
    },
  };
}
