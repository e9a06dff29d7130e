import { recordOf, stored, withFields } from '../../platform/stored';

/** What somebody wants who lets the product choose. */
export interface Best {
  seats: number;
  together: boolean;
  accessible?: boolean;
}

/** A command of a user, in a form that can be stored and sent again. */
export type Command =
  | { kind: 'hold'; concertId: string; performanceId: string; seatIds: string[] }
  | { kind: 'find'; concertId: string; performanceId: string; best: Best }
  | { kind: 'release'; holdId: string; performanceId: string }
  | { kind: 'pay'; concertId: string; holdId: string; performanceId: string }
  | { kind: 'standby'; performanceId: string; section: string; seats: number }
  | { kind: 'leave-standby'; standbyId: string; performanceId: string }
  | { kind: 'charge'; amount: number }
  | { kind: 'cancel'; reservationId: string; seatIds: string[] };

export interface Refusal {
  code: string;
  detail: string;
  seatIds?: string[];
  /** Those of them that this user holds. */
  yours?: string[];
  /** Most free seats side by side, where as many as were asked for are not. */
  together?: number;
}

export interface Outcome {
  /** ms since 1970 by this machine's clock. */
  at: number;
  result?: Record<string, unknown>;
  refusal?: Refusal;
}

/** A command from the click until its outcome is known, and for a while after. */
export interface Intent {
  /** A user has one intent of a name at a time. */
  name: string;
  /** The user's slot of that name. */
  slot: string;
  /** Idempotency-Key of every request that is made for it. */
  key: string;
  userId: string;
  command: Command;
  /** ms since 1970: the click. */
  at: number;
  outcome?: Outcome;
}

type Intents = Record<string, Intent>;

const isIntent = withFields({
  name: 'string',
  slot: 'string',
  key: 'string',
  userId: 'string',
  command: 'object',
  at: 'number',
});

/**
 * In localStorage, written before the first request goes out: whatever happens to the page then, the same key is still
 * there to ask what became of it.
 */
const intents = stored<Intents>('intents', {}, recordOf(isIntent));

/** How long an outcome is of interest to other tabs, ms. */
const keptMs = 10 * 60_000;

export const allIntents = intents.signal;

/** One user's slot: the next one who signs in here has slots of their own. */
export function slotOf(userId: string, slot: string): string {
  return `${userId} ${slot}`;
}

/** As storage has it now. */
export function readIntent(slot: string): Intent | undefined {
  return intents.read()[slot];
}

export function writeIntent(intent: Intent): void {
  const all = intents.read();
  const kept = Object.values(all).filter(({ outcome }) => !outcome || Date.now() - outcome.at < keptMs);
  intents.write({ ...Object.fromEntries(kept.map((one) => [one.slot, one])), [intent.slot]: intent });
}
