import { randomFillSync } from 'node:crypto';
import { encodeTime, monotonicFactory } from 'ulid';
import type { Clock } from './clock';

/** Makes ids such as `job_01j9…`: a prefix and a ULID, strictly increasing within one process. */
export type NewId = (prefix: string) => string;

/**
 * Increasing ids are what keeps commands in the order one API process accepted them, so one process makes one
 * factory. `random` answers a number in [0, 1); tests pass a seeded one.
 */
export function createIds(clock: Clock, random = createRandom()): NewId {
  const next = monotonicFactory(random);
  return (prefix) => `${prefix}_${next(clock.now()).toLowerCase()}`;
}

/** A bound for ids made at that time, ms: earlier ones are less, later ones are not. */
export function idAt(prefix: string, time: number): string {
  return `${prefix}_${encodeTime(Math.max(0, time)).toLowerCase()}`;
}

/** The id of a thing that a command makes: the same again when the command runs again. */
export function derivedId(prefix: string, commandId: string): string {
  return `${prefix}_${commandId.slice(commandId.indexOf('_') + 1)}`;
}

/** Of the system's randomness, many at a time: the first id of a millisecond takes sixteen numbers, and a call each costs more than all else of it. */
function createRandom(): () => number {
  const bytes = new Uint8Array(4096);
  let used = bytes.length;
  return () => {
    if (used === bytes.length) {
      randomFillSync(bytes);
      used = 0;
    }
    return (bytes[used++] ?? 0) / 256;
  };
}
