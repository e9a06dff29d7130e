/** The answer that a client got of a command's end. */
export interface SeenOutcome {
  status: string;
  result: unknown;
  code: string | null;
}

/** One command as its client knows it, from the first try on. Times are `performance.now()`. */
export interface CommandRecord {
  key: string;
  userId: string;
  kind: string;
  method: 'POST' | 'DELETE';
  path: string;
  body: unknown;
  firstSentAt: number;
  /** Tries that got no answer: the command may have been accepted all the same. */
  lostTries: number;
  /** Tries in all. */
  tries: number;
  /** Which run of which API accepted it, if the client knows for certain, such as `api-1.3`. */
  acceptedBy: string | null;
  jobId: string | null;
  /** When the first 202 came. */
  acceptedAt: number | null;
  /** `acceptedAt` of the job: the API's clock, in milliseconds since 1970. */
  stampedAt: number | null;
  outcome: SeenOutcome | null;
  outcomeAt: number | null;
  /** Whether its client stays until it knows the outcome. */
  attended: boolean;
  /** A final no before it became a command, such as `QUEUE_TOKEN_EXPIRED`. */
  refusedAtDoor: string | null;
}

/** Everything that the clients did, and the answers that they got. */
export interface History {
  records: CommandRecord[];
  /** Contradictions that clients noticed themselves. */
  contradictions: string[];
  /** How many answers and failures of each kind there were, such as `503 SERVICE_UNAVAILABLE`. */
  counts: Map<string, number>;
  /** Ends of holds that were read, by hold id. */
  endedHolds: Map<string, string>;
  count(what: string): void;
  contradict(what: string): void;
}

export function createHistory(): History {
  const counts = new Map<string, number>();
  const contradictions: string[] = [];
  return {
    ...{ records: [], contradictions, counts, endedHolds: new Map() },
    count: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    contradict: (what) => void contradictions.push(what),
  };
}

type NewRecord = Pick<CommandRecord, 'key' | 'userId' | 'kind' | 'method' | 'path' | 'body'>;

export function newRecord(given: NewRecord): CommandRecord {
  return {
    ...given,
    ...{ firstSentAt: performance.now(), lostTries: 0, tries: 0, acceptedBy: null, jobId: null, acceptedAt: null },
    ...{ stampedAt: null, outcome: null, outcomeAt: null, refusedAtDoor: null, attended: true },
  };
}

/** Two sights of the same final outcome. */
export function sameOutcome(one: SeenOutcome, other: SeenOutcome): boolean {
  return (
    one.status === other.status &&
    one.code === other.code &&
    JSON.stringify(sorted(one.result)) === JSON.stringify(sorted(other.result))
  );
}

/** The same with the members of objects in order, also those inside. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
