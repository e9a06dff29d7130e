import { randomUUID } from 'node:crypto';
import type { Step } from '../load/closed-loop';
import type { HttpAnswer, HttpConnection } from '../load/connection';
import type { Target, Visitor } from '../targets/target';

export interface Case {
  name: string;
  /** Commands in one step; 0 for reads. */
  commands: number;
  /** What does the same for comparison: the server `direct`, or a path of the bare Express. */
  baseline: 'direct' | `/${string}` | null;
  /** Whether each step needs things of its own, so that some must be made for every step. */
  usesUp: boolean;
  /** Makes the data for about `steps` steps. */
  prepare(target: Target, steps: number): Promise<StepMaker>;
}

/**
 * @param wait false: a command's step ends when it is accepted
 * @param laps gets the times of the parts of a step that has several, ms
 */
export type StepMaker = (wait: boolean, laps?: Laps) => Step;

export type Laps = Record<string, number[]>;

/** Sends a command; waits for its outcome if asked to. */
export function send(
  connection: HttpConnection,
  path: string,
  { headers }: Pick<Visitor, 'headers'>,
  wait: boolean,
  body = '',
  method = 'POST',
): Promise<HttpAnswer> {
  const all = { ...headers, 'Idempotency-Key': randomUUID(), ...(wait && { Prefer: 'wait=10' }) };
  return connection.request(method, path, all, body);
}

/** The same. @throws when it is not accepted, or, if waited for, not done in time */
export async function command(...request: Parameters<typeof send>): Promise<HttpAnswer> {
  const answer = await send(...request);
  const [, path, , wait] = request;
  if (answer.status !== 202) throw new Error(`${path}: ${answer.status} ${answer.body}`);
  if (wait) demand(answer, '"status":"done"');
  return answer;
}

/** Answers the items one after another, then null. */
export function each<T>(items: readonly T[]): () => T | null {
  let next = 0;
  return () => items[next++] ?? null;
}

/** @throws when the answer is not a good one, or lacks the part */
export function demand({ status, body }: HttpAnswer, part: string): void {
  if (status >= 300 || !body.includes(part)) throw new Error(`expected ${part}: ${status} ${body}`);
}
