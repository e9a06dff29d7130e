import type { CommandKind } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import { newCommand } from '../../shared/commands/new-command';
import type { SeatDoc } from '../../shared/concerts/seat.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { ProblemCode } from '../../shared/platform/errors';
import { derivedId } from '../../shared/platform/ids';
import type { Line, StandbyEntryDoc } from '../../shared/standby/standby.model';
import type { Change, Decision, State } from '../handler';
import { beyondLimit, seatsOf } from '../holds/seat-limit';
import { choose, fitting } from './choose-seats';

type Deciding = Pick<Decision<CommandKind>, 'state' | 'now' | 'config'>;

interface Freed {
  changes: Change[];
  schedule: CommandDoc[];
}

/** More people wait than were read, and it is others' turn as well: to be decided anew with more of them. */
export class LineTooLong extends Error {}

/**
 * What goes on with seats that come free by `changes`: the first in line whose wish fits gets them as a hold, together with
 * what lies free because it was not enough, then the next, until nobody fits. Whose wish does not fit keeps the place and is
 * passed by. Seats that are left over are free for everybody.
 * @returns null when somebody whose turn it is has a hold being decided: to be decided again in a moment
 */
export function offerFreed(deciding: Deciding, line: Line, changes: Change[]): Freed | null {
  const standby = deciding.state.standby(line);
  if (standby.doc.waiting === 0) return { changes, schedule: [] };
  const state = withHolds(deciding.state, changes);
  const all: Freed = { changes: [...changes], schedule: [] };
  let pool = [...standby.free, ...seatsIn(changes)];
  let left = standby.doc.waiting;
  for (const entry of standby.waiting) {
    if (pool.length === 0 || entry.number > standby.readTo) break;
    const fit = fitting(pool, entry.maxPrice);
    if (fit.length < entry.seats) continue;
    const seats = choose(fit, entry.seats);
    const reason = skipReason({ ...deciding, state }, entry);
    if (!reason && standby.isBusy(entry.userId)) return null;
    left -= 1;
    if (reason) {
      all.changes.push(skip(entry, reason, deciding.now));
      continue;
    }
    const offer = offerTo(deciding, entry, seats);
    all.changes.push(...offer.changes);
    all.schedule.push(...offer.schedule);
    pool = pool.filter((seat) => !seats.includes(seat));
  }
  if (pool.length > 0 && standby.readTo < Infinity) throw new LineTooLong();
  const doc = { ...standby.doc, waiting: left, version: standby.doc.version + 1 };
  return { ...all, changes: [...all.changes, { collection: 'standbyLines', doc }] };
}

/**
 * The same from another lane than that of the seats. It writes the line also if nobody waits, so that of this and somebody's
 * joining, which nothing else keeps apart, one sees what the other did.
 */
export function offerFromAfar(deciding: Deciding, line: Line, changes: Change[]): Freed | null {
  // Nobody joins any more, the line is closed by commands of its own, and thousands of seats may come back at once.
  if (deciding.state.performance(line.performanceId)?.cancelledAt) return { changes, schedule: [] };
  const { doc } = deciding.state.standby(line);
  if (doc.waiting > 0) return offerFreed(deciding, line, changes);
  return {
    changes: [...changes, { collection: 'standbyLines', doc: { ...doc, version: doc.version + 1 } }],
    schedule: [],
  };
}

/** The change that ends a place without an offer. */
export function skip(entry: StandbyEntryDoc, reason: ProblemCode, endedAt: Date): Change {
  return { collection: 'standbyEntries', doc: { ...entry, status: 'skipped', live: false, endedAt, reason } };
}

/** When to decide again what `offerFreed` could not. */
export const busyUntil = (now: Date) => new Date(now.getTime() + 100);

const seatsIn = (changes: readonly Change[]): SeatDoc[] =>
  changes.flatMap(({ collection, doc }) => (collection === 'seats' && doc.status === 'available' ? doc : []));

/** Holds as they will be: who gives seats up has them no more. */
function withHolds(state: State, changes: readonly Change[]): State {
  const changed = new Map(changes.flatMap(({ collection, doc }) => (collection === 'holds' ? [[doc._id, doc]] : [])));
  return {
    ...state,
    holdsOf: (holder) =>
      state
        .holdsOf(holder)
        .map((hold) => changed.get(hold._id) ?? hold)
        .filter(({ status }) => status === 'held' || status === 'paid'),
  };
}

/** Why nobody of the performance is offered anything any more, or null. */
export function overReason({ state, now }: Pick<Deciding, 'state' | 'now'>, performanceId: string): ProblemCode | null {
  const performance = state.performance(performanceId);
  if (performance?.cancelledAt) return 'PERFORMANCE_CANCELLED';
  return !performance || performance.startsAt <= now ? 'PERFORMANCE_STARTED' : null;
}

function skipReason({ state, now, config }: Deciding, entry: StandbyEntryDoc): ProblemCode | null {
  const over = overReason({ state, now }, entry.performanceId);
  if (over) return over;
  return beyondLimit({ config }, entry.seats, seatsOf(state, entry, now)) && 'SEAT_LIMIT_EXCEEDED';
}

/** A hold as any other, with its own time; and the command that lets the next hold of the user see it. */
function offerTo({ now, config }: Deciding, entry: StandbyEntryDoc, seats: readonly SeatDoc[]): Freed {
  const { _id: standbyId, userId, concertId, performanceId, section, commandId } = entry;
  const holdId = derivedId('hold', commandId);
  const seatIds = seats.map(({ _id }) => _id);
  const expiresAt = new Date(now.getTime() + config.OFFER_SECONDS * 1000);
  const expire = newCommand(
    config,
    derivedId('expire', commandId),
    { kind: 'hold.expire', payload: { holdId, performanceId, section, seatIds }, userId, key: null },
    now,
    expiresAt,
  );
  const offer = newCommand(
    config,
    derivedId('offer', commandId),
    { kind: 'standby.offer', payload: { standbyId, performanceId, section }, userId, key: null },
    now,
  );
  const hold: HoldDoc = {
    ...{ _id: holdId, userId, concertId, performanceId, section, seatIds },
    amount: seats.reduce((sum, { price }) => sum + price, 0),
    ...{ status: 'held', placedAt: now, expiresAt, endedAt: null, reservationId: null },
    ...{ standbyId, commandId, expireCommandId: expire._id },
  };
  return {
    changes: [
      { collection: 'holds', doc: hold },
      ...seats.map((seat): Change => ({ collection: 'seats', doc: { ...seat, status: 'held', holdId } })),
      { collection: 'standbyEntries', doc: { ...entry, status: 'offered', offeredAt: now, holdId } },
    ],
    schedule: [expire, offer],
  };
}
