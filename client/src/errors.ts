import type { Problem, ProblemCode } from './schema.ts';

/**
 * What no server says: no answer in time, an event stream without a byte (a proxy holds it back), an answer that is not the
 * API's, a job that is not final at the deadline.
 */
type ClientCode = 'NO_ANSWER' | 'STREAM_SILENT' | 'UNEXPECTED_ANSWER' | 'JOB_UNFINISHED';
export type ErrorCode = ProblemCode | ClientCode;

export interface ErrorFacts {
  /** HTTP status; of a refused job the status of its problem; 0 without an answer. */
  status?: number;
  detail?: string;
  /** When the server said so, seconds. */
  retryAfterSeconds?: number | undefined;
  /** Names the request in the server's logs. */
  requestId?: string | undefined;
  /** The command was accepted as this job. */
  jobId?: string | undefined;
  /** The whole document, with members such as `seatIds` or `errors`. */
  problem?: Problem | undefined;
  cause?: unknown;
}

/** Everything that the client throws, except the reason of the caller's own AbortSignal. */
export class FrontrowError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: string;
  readonly retryAfterSeconds: number | undefined;
  readonly requestId: string | undefined;
  readonly jobId: string | undefined;
  readonly problem: Problem | undefined;

  constructor(code: ErrorCode, { status = 0, detail = '', cause, ...facts }: ErrorFacts = {}) {
    super(detail ? `${code}: ${detail}` : code, { cause });
    this.name = 'FrontrowError';
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.requestId = facts.requestId;
    this.jobId = facts.jobId;
    this.problem = facts.problem;
  }
}

/** Whether something caught is a FrontrowError with one of these codes. */
export function hasCode<C extends ErrorCode>(error: unknown, ...codes: C[]): error is FrontrowError & { code: C } {
  return error instanceof FrontrowError && (codes as string[]).includes(error.code);
}

/** The error that a problem document stands for. */
export function problemError(problem: Problem, facts: ErrorFacts = {}): FrontrowError {
  const { code, status, detail } = problem;
  return new FrontrowError(code, { ...facts, status, detail, problem });
}
