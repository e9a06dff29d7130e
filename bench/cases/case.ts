import { randomUUID } from 'node:crypto';
import type { Step } from '../load/closed-loop';
import type { HttpAnswer, HttpConnection } from '../load/connection';
import type { BenchWorld, Visitor } from '../stack/world';

export interface Case {
  name: string;
  /** What is compared with the bare Express route: a small answer to a POST, or the bytes of a seat map. */
  roof: 'command' | 'seat map' | 'job';
  /** Commands in one step; 0 for reads. */
  commands: number;
  /** Makes the data for about `steps` steps; `wait` false: a command's step ends when it is accepted. */
  prepare(world: BenchWorld, steps: number): Promise<(wait: boolean) => Step>;
}

/** Sends a command; waits for its outcome if asked to. @throws when it is not accepted, or not final in time */
export async function command(
  connection: HttpConnection,
  method: string,
  path: string,
  { headers }: Visitor,
  wait: boolean,
  body = '',
): Promise<HttpAnswer> {
  const all = { ...headers, 'Idempotency-Key': randomUUID(), ...(wait && { Prefer: 'wait=10' }) };
  const answer = await connection.request(method, path, all, body);
  if (answer.status !== 202) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
  if (wait && answer.body.includes('"status":"accepted"')) throw new Error(`${path}: no outcome in time`);
  return answer;
}

/** Answers the items one after another, then null. */
export function each<T>(items: readonly T[]): () => T | null {
  let next = 0;
  return () => items[next++] ?? null;
}

export function demand(answer: HttpAnswer, part: string): void {
  if (!answer.body.includes(part)) throw new Error(`expected ${part}: ${answer.status} ${answer.body}`);
}
