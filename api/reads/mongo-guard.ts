import { Problem } from '../../shared/platform/errors';
import type { Lifecycle } from '../../shared/platform/lifecycle';
import { openMongo } from '../../shared/platform/mongo';

/**
 * Answers 503 in time when MongoDB is silent. The driver reports a server that is gone within two seconds, but waits
 * for one that is only frozen, or cut off, far longer than a client would.
 */
export interface MongoGuard {
  /** The work's own outcome, or SERVICE_UNAVAILABLE once MongoDB has been silent for about 1.5 seconds. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

const pingMs = 500;
/** Counted in pings, not by the clock: a process that was busy itself must not report the store as silent. */
const silentPings = 3;

/** Pings on a connection of its own, which a busy pool can't delay. */
export async function openMongoGuard(uri: string, lifecycle: Lifecycle): Promise<MongoGuard> {
  const connection = await openMongo(uri, 'api-watch', 1);
  lifecycle.onClose('mongodb watch', () => connection.close());
  const inFlight = new Set<(problem: Problem) => void>();
  let missed = 0;
  let pinging = false;

  function ping(): void {
    if (pinging) missed += 1;
    if (missed >= silentPings) for (const giveUp of inFlight) giveUp(new Problem('SERVICE_UNAVAILABLE'));
    if (pinging) return;
    pinging = true;
    const answered = connection.db?.command({ ping: 1 }) ?? Promise.reject(new Error('not connected'));
    answered
      .then(
        () => {
          missed = 0;
        },
        () => {
          missed += 1;
        },
      )
      .finally(() => {
        pinging = false;
      });
  }

  const timer = setInterval(ping, pingMs);
  lifecycle.onClose('mongodb watch timer', () => clearInterval(timer));

  return {
    async run(work) {
      if (missed >= silentPings) throw new Problem('SERVICE_UNAVAILABLE');
      return new Promise((resolve, reject) => {
        inFlight.add(reject);
        work()
          .finally(() => inFlight.delete(reject))
          .then(resolve, reject);
      });
    },
  };
}
