import type { Lifecycle } from '../../shared/platform/lifecycle';
import { openSeatSubscription, type SeatSubscription, type SeatSubscriptionContext } from './seat-subscription';

/** Publishes what becomes of seats to the streams of one process. */
export interface SeatBroadcaster {
  /** The seats of a performance as they are now, and from now on; null when there is no such performance. */
  open(performanceId: string): Promise<Pick<SeatSubscription, 'add'> | null>;
}

/** ms. A performance without subscribers is remembered for those that come back. */
const idleMs = 60_000;
/** Of more idle ones than this the oldest are forgotten sooner, though not while a client may be about to subscribe. */
const maxIdle = 20;
const minIdleMs = 5000;

/**
 * One subscription a performance. Messages of changes may be lost, so all seats of a performance with subscribers are
 * compared every STREAM_CHECK_MS, and when Redis was away.
 */
export function createSeatBroadcaster(context: SeatSubscriptionContext & { lifecycle: Lifecycle }): SeatBroadcaster {
  const { config, logger, subscriptions, lifecycle } = context;
  const open = new Map<string, SeatSubscription>();
  const opening = new Map<string, Promise<SeatSubscription | null>>();
  /** When each was last used, the longest ago first. */
  const usedAt = new Map<string, number>();
  let checking = false;

  async function check(): Promise<void> {
    for (const [performanceId, subscription] of [...open]) {
      if (subscription.subscribers.size > 0) {
        touch(performanceId);
        await subscription
          .check()
          .catch((error: unknown) => logger.debug({ performanceId, error }, 'seats not compared'));
      }
    }
    closeIdle();
  }

  function checkOnce(): void {
    if (checking) return;
    checking = true;
    void check().finally(() => {
      checking = false;
    });
  }

  function touch(performanceId: string): void {
    usedAt.delete(performanceId);
    usedAt.set(performanceId, performance.now());
  }

  function closeIdle(): void {
    const idle = [...usedAt].filter(([performanceId]) => open.get(performanceId)?.subscribers.size === 0);
    for (const [i, [performanceId, at]] of idle.entries()) {
      const maxMs = idle.length - i > maxIdle ? minIdleMs : idleMs;
      if (performance.now() - at < maxMs) continue;
      open.get(performanceId)?.stop();
      open.delete(performanceId);
      usedAt.delete(performanceId);
    }
  }

  async function start(performanceId: string): Promise<SeatSubscription | null> {
    const subscription = openSeatSubscription(context, performanceId);
    const found = await subscription.check().catch((error: unknown) => {
      subscription.stop();
      throw error;
    });
    if (found) open.set(performanceId, subscription);
    else subscription.stop();
    return found ? subscription : null;
  }

  subscriptions.onReconnect(checkOnce);
  const timer = setInterval(checkOnce, config.STREAM_CHECK_MS);
  lifecycle.onClose('seat broadcaster', () => {
    clearInterval(timer);
    for (const subscription of open.values()) subscription.stop();
  });

  return {
    async open(performanceId) {
      const known = open.get(performanceId);
      if (known) {
        touch(performanceId);
        if (known.subscribers.size === 0) await known.catchUp();
        return known;
      }
      const started = opening.get(performanceId) ?? start(performanceId).finally(() => opening.delete(performanceId));
      opening.set(performanceId, started);
      const subscription = await started;
      if (subscription) touch(performanceId);
      return subscription;
    },
  };
}
