import { type AnswerOf, type AnyInput, type Operation, requestOf } from './call.ts';
import { FrontrowError, problemError } from './errors.ts';
import type { CallOptions, Exchange, Received } from './exchange.ts';
import { pause } from './pause.ts';
import { retryAfter } from './problem-response.ts';
import type { Problem } from './schema.ts';

interface AnyJob {
  id: string;
  status: 'accepted' | 'done' | 'refused' | 'failed';
  result: object | null;
  problem: Problem | null;
}

/** Operations that answer 202 with a job. */
type CommandOperation = {
  [O in Operation]: O extends `${'POST' | 'DELETE'} ${string}` ? (AnswerOf<O> extends AnyJob ? O : never) : never;
}[Operation];

/** What a command brought about, and as which job. */
export type Outcome<O extends CommandOperation> = NonNullable<AnswerOf<O>['result']> & { jobId: string };

export interface CommandOptions extends CallOptions {
  /** A page that may be reloaded stores the key first, then repeats the command with it. A new one by default. */
  idempotencyKey?: string | undefined;
  /** Called with the first answer, mostly the final one: by then it is certain to be carried out. */
  onAccepted?: ((job: { id: string; status: AnyJob['status']; replayed: boolean }) => void) | undefined;
}

export interface Commands {
  /** @throws FrontrowError with the refusal, or JOB_UNFINISHED with `jobId` at the deadline */
  run<O extends CommandOperation>(operation: O, input: AnyInput & CommandOptions): Promise<Outcome<O>>;
  /** Waits for a job of before, such as one that a page left behind. The same errors. */
  follow(jobId: string, options?: CallOptions): Promise<object & { jobId: string }>;
}

/** Longest `Prefer: wait`, seconds; the server waits less if it must. */
const waitSeconds = 10;
const defaultDeadlineMs = 60_000;

export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function createCommands({ send }: Exchange, clientMs = defaultDeadlineMs): Commands {
  async function finish(first: Received<AnyJob>, path: string, until: number, signal?: AbortSignal) {
    let { headers, body: job } = first;
    while (job.status === 'accepted') {
      const pauseMs = (retryAfter(headers) ?? 1) * 1000;
      const leftMs = until - performance.now() - pauseMs;
      if (leftMs <= 0)
        throw new FrontrowError('JOB_UNFINISHED', { jobId: job.id, detail: 'It will still be carried out' });
      await pause(pauseMs, signal);
      ({ headers, body: job } = await send<AnyJob>({
        method: 'GET',
        path,
        repeatable: true,
        signal,
        deadlineMs: leftMs,
      }));
    }
    if (job.problem) throw problemError(job.problem, { jobId: job.id });
    return { ...job.result, jobId: job.id };
  }

  return {
    async run<O extends CommandOperation>(operation: O, input: AnyInput & CommandOptions) {
      const { signal, deadlineMs = clientMs, idempotencyKey = newIdempotencyKey(), onAccepted } = input;
      const until = performance.now() + deadlineMs;
      const request = requestOf(operation, { ...input, idempotencyKey });
      const seconds = Math.min(waitSeconds, Math.ceil(deadlineMs / 1000));
      const headers = { ...request.headers, Prefer: `wait=${seconds}` };
      const accepted = await send<AnyJob>({ ...request, headers, deadlineMs, waitMs: seconds * 1000 });
      const { id, status } = accepted.body;
      onAccepted?.({ id, status, replayed: accepted.headers.get('Idempotency-Replayed') === 'true' });
      return (await finish(accepted, locationOf(accepted), until, signal)) as Outcome<O>;
    },
    async follow(jobId, { signal, deadlineMs = clientMs } = {}) {
      const until = performance.now() + deadlineMs;
      const request = requestOf('GET /v1/jobs/{jobId}', { path: { jobId }, signal, deadlineMs });
      return finish(await send<AnyJob>(request), request.path, until, signal);
    },
  };
}

/** A page of another origin may not see the header; an address elsewhere must not get the bearer token. */
function locationOf({ headers, body }: Received<AnyJob>): string {
  const location = headers.get('Location');
  return location && /^\/[^/\\]/.test(location) ? location : `/v1/jobs/${encodeURIComponent(body.id)}`;
}
