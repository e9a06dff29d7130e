/**
 * When a batch is worth waiting for. A transaction costs about the same whatever is in it, so commands that come one after
 * another are cheaper, and sooner done, together: as with `commit_siblings` of PostgreSQL, and the group commit of journals.
 */
export interface Gathering {
  /**
   * Resolves when about as many commands wait as lately did together, at once when that is one; in time anyway.
   * @param most as many as a batch takes: a full one waits for nobody
   * @param arrival resolves when more may wait, or after that many ms
   * @param mostMs something else is due by then
   */
  wait(waiting: () => number, most: number, arrival: (ms: number) => Promise<unknown>, mostMs: number): Promise<void>;
  /** A batch has ended. @param commands how many it had, and how many came meanwhile @param ms how long it took */
  learn(commands: number, ms: number): void;
}

/** Longest wait, ms, however long batches take. */
const maxWaitMs = 30;
/** How much of what was expected is taken to be all. */
const enough = 0.8;
/** Weight of the newest batch in what is expected. */
const weight = 0.3;

/**
 * What is waited for is clients that ask again when they are answered. One that comes too late for this batch makes one more
 * necessary, so a wait pays until it is as long as a batch. Where commands come by themselves at a steady rate it is in vain, and costs them
 * so long.
 * @param now a monotonic clock, ms
 */
export function createGathering(now = () => performance.now()): Gathering {
  let expected = 1;
  let batchMs = 0;
  return {
    async wait(waiting, most, arrival, mostMs) {
      const wanted = Math.min(most, Math.floor(expected * enough));
      const until = now() + Math.min(maxWaitMs, batchMs, mostMs);
      for (let left = until - now(); waiting() < wanted && left > 0; left = until - now()) await arrival(left);
    },
    learn(commands, ms) {
      expected += (commands - expected) * weight;
      batchMs = ms;
    },
  };
}
