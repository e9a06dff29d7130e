import { setTimeout as sleep } from 'node:timers/promises';

/**
 * When a batch is worth waiting for. A transaction costs about the same whatever is in it, so commands that come one after
 * another are cheaper, and sooner done, together: as with `commit_siblings` of PostgreSQL, and the group commit of journals.
 */
export interface Gathering {
  /** Resolves when about as many commands wait as lately did together, at once when that is one; in time anyway. */
  wait(waiting: () => number): Promise<void>;
  /** A batch has ended. @param commands how many it had, and how many came meanwhile @param ms how long it took */
  learn(commands: number, ms: number): void;
}

/** Longest wait, ms, however long batches take. */
const maxWaitMs = 8;
/** Part of the last batch's time that the next one is waited for at most. */
const maxPart = 0.5;
/** How much of what was expected is taken to be all. */
const enough = 0.8;
/** Weight of the newest batch in what is expected. */
const weight = 0.3;
/** A look at what waits, ms; timers are no finer. */
const lookMs = 1;

export function createGathering(): Gathering {
  let expected = 1;
  let batchMs = 0;
  return {
    async wait(waiting) {
      const until = performance.now() + Math.min(maxWaitMs, batchMs * maxPart);
      while (waiting() < Math.floor(expected * enough) && performance.now() < until) await sleep(lookMs);
    },
    learn(commands, ms) {
      expected += (commands - expected) * weight;
      batchMs = ms;
    },
  };
}
