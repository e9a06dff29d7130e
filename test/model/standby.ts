import { endHold, seatsOf } from './holds';
import {
  deferred,
  done,
  type ModelCommand,
  type ModelEntry,
  type ModelRequest,
  type ModelSeat,
  type ModelState,
  type Moment,
  type Prediction,
  refused,
} from './state';

export const lineOf = ({ performanceId, section }: Pick<ModelSeat, 'performanceId' | 'section'>) =>
  `${performanceId}/${section}`;

export const waitingIn = (state: ModelState, line: string) =>
  Object.entries(state.standby).filter(([, entry]) => entry.line === line && entry.status === 'waiting');

/** Free seats of a line, in the order of the row. */
function freeSeats(state: ModelState, line: string, maxPrice: number | null): string[] {
  const all = Object.entries(state.seats).filter(([, seat]) => lineOf(seat) === line && seat.status === 'available');
  return all.flatMap(([id, { price }]) => (maxPrice === null || price <= maxPrice ? id : [])).sort();
}

type JoinRequest = Extract<ModelRequest, { kind: 'standby.join' }>;

export function join(state: ModelState, id: string, userId: string, request: JoinRequest, moment: Moment): Prediction {
  const { performanceId, seats, maxPrice } = request;
  const { startsAt = 0, cancelledAt = null } = state.performances[performanceId] ?? {};
  if (cancelledAt !== null) return refused('PERFORMANCE_CANCELLED');
  if (startsAt <= moment.now) return refused('PERFORMANCE_STARTED');
  const mine = Object.values(state.standby).filter(
    ({ status, ...entry }) =>
      entry.userId === userId &&
      entry.line.startsWith(`${performanceId}/`) &&
      (status === 'waiting' || status === 'offered'),
  );
  if (mine.length > 0) return refused('STANDBY_EXISTS');
  const had = seatsOf(state, userId, performanceId, moment);
  if (had + seats > state.rules.maxSeats) return refused('SEAT_LIMIT_EXCEEDED', { seats: had });
  const line = lineOf(request);
  if (freeSeats(state, line, maxPrice).length >= seats) return refused('SEATS_AVAILABLE');
  state.standby[id] = { userId, line, seats, maxPrice, status: 'waiting' };
  return done({ position: waitingIn(state, line).length });
}

/** What was offered goes to the next. */
export function leave(state: ModelState, userId: string, id: string | null, moment: Moment): Prediction {
  const entry = state.standby[id ?? ''];
  if (!id || entry?.userId !== userId) return refused('STANDBY_NOT_FOUND');
  const hold = state.holds[id];
  if (entry.status === 'offered' && hold && hold.end > moment.now) {
    const freed = free(state, hold.seatIds, moment, (after) => endHold(after, id, 'released', moment.now));
    return freed ? done({}) : deferred;
  }
  if (entry.status !== 'waiting') return refused('STANDBY_ENDED', { standbyStatus: entry.status });
  entry.status = 'left';
  return done({});
}

/** Ends all places of a line whose date is over. */
export function close(
  state: ModelState,
  line: Pick<ModelSeat, 'performanceId' | 'section'>,
  moment: Moment,
): Prediction {
  const waiting = isOver(state, line.performanceId, moment) ? waitingIn(state, lineOf(line)) : [];
  for (const [, entry] of waiting) entry.status = 'skipped';
  return done({ ended: waiting.length });
}

function isOver({ performances }: ModelState, performanceId: string, { now }: Moment): boolean {
  const { startsAt = 0, cancelledAt = null } = performances[performanceId] ?? {};
  return startsAt <= now || cancelledAt !== null;
}

/**
 * Frees seats, and lets those who wait have what is free then, in their order, whoever has a wish that is met by it.
 * @returns false, and nothing has changed, when somebody whose turn it is has a hold being decided
 */
export function free(
  state: ModelState,
  seatIds: string[],
  moment: Moment,
  change: (after: ModelState) => void,
): boolean {
  const after: ModelState = JSON.parse(JSON.stringify(state));
  change(after);
  const seat = after.seats[seatIds[0] ?? ''];
  const line = seat ? lineOf(seat) : '';
  for (const [id, entry] of waitingIn(after, line)) {
    const fit = freeSeats(after, line, entry.maxPrice);
    if (fit.length < entry.seats) continue;
    const performanceId = seat?.performanceId ?? '';
    if (
      isOver(after, performanceId, moment) ||
      seatsOf(after, entry.userId, performanceId, moment) + entry.seats > after.rules.maxSeats
    ) {
      entry.status = 'skipped';
      continue;
    }
    if (isBusy(state, `${performanceId}/${entry.userId}`)) return false;
    offer(after, id, entry, sideBySide(fit, entry.seats), moment.now);
  }
  Object.assign(state, after);
  return true;
}

/** The same where nobody is to be offered anything. */
export const apply: typeof free = (state, _seatIds, _moment, change) => {
  change(state);
  return true;
};

/** Whether a command is still to be decided that must not miss an offer. */
function isBusy(state: ModelState, who: string): boolean {
  return Object.values(state.commands).some(
    (command) => command.status === 'accepted' && exclusionOf(state, command) === who,
  );
}

function offer(state: ModelState, id: string, entry: ModelEntry, seatIds: string[], now: number): void {
  const amount = seatIds.reduce((sum, seatId) => sum + (state.seats[seatId]?.price ?? 0), 0);
  entry.status = 'offered';
  const hold = { userId: entry.userId, seatIds, amount, end: now + state.rules.offerMs };
  state.holds[id] = { ...hold, status: 'held', endedAt: null, paidBy: null, cancelled: [], complimentary: false };
  for (const seatId of seatIds) Object.assign(state.seats[seatId] ?? {}, { status: 'held', hold: id });
}

/** Seats of one row, by their numbers. */
function sideBySide(seatIds: string[], count: number): string[] {
  const number = (seatId: string | undefined) => Number(seatId?.split('-').at(-1));
  const start = seatIds.findIndex((seatId, i) => number(seatIds[i + count - 1]) === number(seatId) + count - 1);
  return seatIds.slice(Math.max(0, start), Math.max(0, start) + count);
}

/** Of commands with the same one is accepted at a time. */
export function exclusionOf(state: ModelState, { userId, request }: Pick<ModelCommand, 'userId' | 'request'>) {
  const { kind } = request;
  if (kind === 'hold.place' || kind === 'standby.join') return `${request.performanceId}/${userId}`;
  if (kind !== 'standby.offer') return null;
  return `${state.standby[request.entry ?? '']?.line.split('/')[0]}/${userId}`;
}
