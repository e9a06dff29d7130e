import type { Answered } from '../../client/src/index';

export const steps = ['sign-in', 'join', 'poll', 'seats', 'hold', 'charge', 'pay', 'reservation'] as const;
export type Step = (typeof steps)[number];

/** How a user's visit ended. */
export const endings = ['bought', 'too late', 'too slow', 'turned away', 'stopped'] as const;
export type Ending = (typeof endings)[number];

interface Purchase {
  holdId: string;
  seatIds: string[];
}

/** One look at everybody. */
export interface Sample {
  /** ms since the start. */
  at: number;
  arrived: number;
  waiting: number;
  inside: number;
  sold: number;
}

/** Everything that a simulation notes; a few numbers for each user. */
export interface Recorder {
  readonly startedAt: number;
  /** Milliseconds of what users waited for, repeats included. */
  readonly latencies: Record<Step, number[]>;
  /** When each who was let in had joined (as the client saw it) and came in (as the server says), ms since the start. */
  readonly entries: { joined: number; entered: number }[];
  /** Notes when somebody came in; `latest` is when the server ends that visit at the latest. */
  entered(joined: number, latest: string | null): void;
  /**
   * At the end: the server ends all visits equally long after they begin, so it shows exactly how far apart they began. That
   * puts the first where nobody heard of coming in before it was so.
   */
  align(): void;
  readonly endings: Record<Ending, number>;
  /** Refusals and errors by code. */
  readonly codes: Map<string, number>;
  /** Answers by status; 0 is no answer. */
  readonly statuses: Map<number, number>;
  readonly samples: Sample[];
  readonly purchases: Purchase[];
  /** What must not happen. */
  readonly violations: string[];
  readonly now: Omit<Sample, 'at'>;
  time<T>(step: Step, work: () => Promise<T>): Promise<T>;
  refused(code: string): void;
  answered(answer: Answered): void;
  sample(): void;
}

export function createRecorder(): Recorder {
  const startedAt = performance.now();
  const now = { arrived: 0, waiting: 0, inside: 0, sold: 0 };
  const latencies = Object.fromEntries(steps.map((step) => [step, []])) as unknown as Recorder['latencies'];
  const statuses = new Map<number, number>();
  const codes = new Map<string, number>();
  const violations: string[] = [];
  const samples: Sample[] = [];
  const entries: { joined: number; entered: number }[] = [];
  let lag = Number.POSITIVE_INFINITY;
  return {
    ...{ startedAt, now, latencies, statuses, codes, violations, samples, entries, purchases: [] },
    endings: Object.fromEntries(endings.map((ending) => [ending, 0])) as Recorder['endings'],
    async time(step, work) {
      const since = performance.now();
      const result = await work();
      latencies[step].push(performance.now() - since);
      return result;
    },
    entered(joined, latest) {
      const entered = Date.parse(latest ?? '');
      lag = Math.min(lag, performance.now() - startedAt - entered);
      entries.push({ joined, entered });
    },
    align() {
      for (const entry of entries) entry.entered += lag;
    },
    refused: (code) => void codes.set(code, (codes.get(code) ?? 0) + 1),
    answered({ method, path, status, ms }) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (method === 'GET' && status === 200 && path.endsWith('/queue-token')) latencies.poll.push(ms);
      if (status >= 500 && status !== 503) violations.push(`${method} ${path} was answered ${status}`);
    },
    sample: () => void samples.push({ at: performance.now() - startedAt, ...now }),
  };
}
