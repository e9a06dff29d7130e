/** Decisions of one simulation: the same seed, the same sequence. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Exponential with this mean, at most five times as long, ms. */
  think(meanMs: number): number;
  pick<T>(items: readonly T[]): T | undefined;
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    next,
    think: (meanMs) => Math.min(-Math.log(1 - next()), 5) * meanMs,
    pick: (items) => items[Math.floor(next() * items.length)],
  };
}
