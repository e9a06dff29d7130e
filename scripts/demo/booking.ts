import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Call, createSend, retryAfterMs, type Send, type Visitor } from './client';

export type Say = (line: string) => void;

export interface Job {
  id: string;
  status: 'accepted' | 'done' | 'refused' | 'failed';
  result: Record<string, unknown> | null;
  problem: { code: string; detail: string } | null;
}

interface Told extends Call {
  /** What to do about an answer with that status, in place of the plain sentence. */
  remedy?: Record<number, string>;
}

/** A client that tells what it does. */
export interface Booking {
  step(what: string): void;
  tell: Say;
  /** Sends, and says how it was answered. @throws Error unless that was `status` */
  call<T>(status: number, method: string, path: string, call?: Told): Promise<T>;
  /** Gives a command, and looks at its job when the server says so, until it is final. */
  command(visitor: Visitor, path: string, body?: unknown): Promise<Job>;
}

const longestJobMs = 30_000;

export function createBooking(baseUrl: string, say: Say): Booking {
  const send = createSend(baseUrl);
  let steps = 0;
  const tell: Say = (line) => say(`     ${line}`);

  async function sendTold<T>(status: number, method: string, path: string, told: Told): Promise<Answer<T>> {
    const answer = await send<T>(method, path, told);
    tell(`${method} ${path} -> ${answer.status}`);
    if (answer.status === status) return answer;
    throw new Error(told.remedy?.[answer.status] ?? `${method} ${path} should answer ${status}; ${describe(answer)}.`);
  }

  return {
    step(what) {
      steps += 1;
      say(`\n${String(steps).padStart(3)}. ${what}`);
    },
    tell,
    call: async <T>(status: number, method: string, path: string, told: Told = {}) =>
      (await sendTold<T>(status, method, path, told)).body,
    async command(visitor, path, body) {
      const told = { visitor, body, key: randomUUID(), waitSeconds: 5 };
      const job = await follow(send, visitor, await sendTold<Job>(202, 'POST', path, told));
      const outcome = job.problem ? `${job.problem.code}: ${job.problem.detail}` : JSON.stringify(job.result);
      tell(`${job.id} is ${job.status}: ${outcome}`);
      return job;
    },
  };
}

/** Most answers come with the outcome, since they were asked to wait for it; for the others `Retry-After` says when to look. */
async function follow(send: Send, visitor: Visitor, accepted: Answer<Job>): Promise<Job> {
  const path = accepted.headers.get('Location') ?? `/v1/jobs/${accepted.body.id}`;
  const deadline = performance.now() + longestJobMs;
  let answer = accepted;
  while (answer.body.status === 'accepted') {
    if (performance.now() > deadline)
      throw new Error(`${answer.body.id} is not carried out after 30 s. Is a worker running? (npm run workers)`);
    await sleep(retryAfterMs(answer.headers));
    answer = await send<Job>('GET', path, { visitor });
    if (answer.status !== 200) throw new Error(`GET ${path} should answer 200; ${describe(answer)}.`);
  }
  return answer.body;
}

function describe({ status, body }: Answer<unknown>): string {
  const { code, detail } = (body ?? {}) as { code?: string; detail?: string };
  return `it answered ${status}${code ? ` ${code}: ${detail}` : ''}`;
}
