import type { Lifecycle } from '../../shared/platform/lifecycle';
import { type SeatWatch, startSeatWatch, type WatchNeeds } from './seat-subscription';

/** Tells the live pages of one process what becomes of seats. */
export interface SeatFeed {
  /** The seats of a performance as they are now, and from now on; null when there is none such. */
  open(performanceId: string): Promise<Pick<SeatWatch, 'join'> | null>;
}

type Needs = WatchNeeds & { lifecycle: Lifecycle };

/** ms. A performance without pages is remembered for those that come back. */
const rememberMs = 60_000;
/** Of more than this many the oldest are forgotten sooner, though not while a page may be about to join. */
const mostRemembered = 20;
const leastMs = 5000;

/**
 * One watch a performance. Notices of changes may be lost, so all seats of a performance with pages are compared every
 * STREAM_CHECK_MS, and when Redis was away.
 */
export function createSeatFeed(needs: Needs): SeatFeed {
  const { config, logger, channels, lifecycle } = needs;
  const watches = new Map<string, SeatWatch>();
  const opening = new Map<string, Promise<SeatWatch | null>>();
  /** When each was last wanted, the longest ago first. */
  const wanted = new Map<string, number>();
  let checking = false;

  async function check(): Promise<void> {
    for (const [performanceId, watch] of [...watches]) {
      if (watch.pages.size > 0) {
        want(performanceId);
        await watch.look().catch((error: unknown) => logger.debug({ performanceId, error }, 'seats not compared'));
      }
    }
    forget();
  }

  function checkOnce(): void {
    if (checking) return;
    checking = true;
    void check().finally(() => {
      checking = false;
    });
  }

  function want(performanceId: string): void {
    wanted.delete(performanceId);
    wanted.set(performanceId, performance.now());
  }

  function forget(): void {
    const idle = [...wanted].filter(([performanceId]) => watches.get(performanceId)?.pages.size === 0);
    for (const [i, [performanceId, at]] of idle.entries()) {
      const keepMs = idle.length - i > mostRemembered ? leastMs : rememberMs;
      if (performance.now() - at < keepMs) continue;
      watches.get(performanceId)?.stop();
      watches.delete(performanceId);
      wanted.delete(performanceId);
    }
  }

  async function start(performanceId: string): Promise<SeatWatch | null> {
    const watch = startSeatWatch(needs, performanceId);
    const found = await watch.look().catch((error: unknown) => {
      watch.stop();
      throw error;
    });
    if (found) watches.set(performanceId, watch);
    else watch.stop();
    return found ? watch : null;
  }

  channels.onReturn(checkOnce);
  const timer = setInterval(checkOnce, config.STREAM_CHECK_MS);
  lifecycle.onClose('seat feed', () => {
    clearInterval(timer);
    for (const watch of watches.values()) watch.stop();
  });

  return {
    async open(performanceId) {
      const known = watches.get(performanceId);
      if (known) {
        want(performanceId);
        if (known.pages.size === 0) await known.freshen();
        return known;
      }
      const started = opening.get(performanceId) ?? start(performanceId).finally(() => opening.delete(performanceId));
      opening.set(performanceId, started);
      const watch = await started;
      if (watch) want(performanceId);
      return watch;
    },
  };
}
