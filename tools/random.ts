import { fnv1a } from '../shared/platform/fnv1a';

/** Numbers that follow from a seed: the same seed draws the same again. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  /** @throws RangeError when there is nothing to pick from */
  pick<T>(from: readonly T[]): T;
  /** One of the names, each as likely as its weight says. */
  weighted<K extends string>(weights: Record<K, number>): K;
  /** Exponential with this mean, at most five times as long. */
  exponential(mean: number): number;
  /** Another source, so that what one part of a run draws doesn't depend on when the others do. */
  fork(name: string): Random;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  /** Mulberry32. */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  function pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError('nothing to pick from');
    return from[Math.floor(next() * from.length)] as T;
  }

  function weighted<K extends string>(weights: Record<K, number>): K {
    const names = Object.keys(weights) as K[];
    let left = next() * names.reduce((sum, name) => sum + weights[name], 0);
    for (const name of names) {
      left -= weights[name];
      if (left < 0) return name;
    }
    return pick(names);
  }

  return {
    next,
    int: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick,
    weighted,
    exponential: (mean) => Math.min(-Math.log(1 - next()), 5) * mean,
    fork: (name) => createRandom(fnv1a(`${seed}/${name}`)),
  };
}
