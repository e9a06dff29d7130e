import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../shared/context';
import { endDeadSession, type LaneClaim, raiseFence } from './lease';

/** Longest wait of one try to raise a fence, ms: so often it is asked whether the lane is still wanted. */
const tryMs = 500;

/**
 * Resolves once the claimed lane can be carried out by this worker; false when `isWanted` says no more, or a newer owner has
 * it. Beside everything else: a transaction of a dead owner may keep the fence locked until MongoDB gives it up.
 */
type TakeOver = (lane: string, claim: LaneClaim, isWanted: () => boolean) => Promise<boolean>;

export function createTakeOver({ models, logger, metrics }: Pick<Context, 'models' | 'logger' | 'metrics'>): TakeOver {
  let warned = false;

  /** Only makes it quicker: the fence alone keeps the old owner out. */
  async function endSession(lane: string, sessionId: string): Promise<void> {
    try {
      await endDeadSession(models, sessionId);
    } catch (error) {
      metrics.deadSessionsNotEnded.inc();
      if (!warned)
        logger.warn({ lane, error }, 'session of a dead owner not ended: its lanes wait for its transaction');
      warned = true;
    }
  }

  return async (lane, { epoch, deadSession }, isWanted) => {
    if (deadSession !== null) await endSession(lane, deadSession);
    while (isWanted()) {
      const fence = await raiseFence(models, lane, epoch, tryMs).catch(async (error: unknown) => {
        logger.warn({ lane, error }, 'fence not raised');
        await sleep(tryMs);
        return 'late' as const;
      });
      if (fence !== 'late') return fence === 'raised';
    }
    return false;
  };
}
