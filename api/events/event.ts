import { z } from 'zod';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { refundEnd } from '../../shared/reservations/cancellation-terms';
import type { CancelledSeat, ReservationDoc } from '../../shared/reservations/reservation.model';
import type { AdmissionDoc } from '../../shared/waiting-room/admission.model';
import { idOf, points, time } from '../http/schemas';

const cursor = z.string().meta({ description: 'Goes on after this event, and after those that came with it' });

const performanceIds = { concertId: idOf('concert'), performanceId: idOf('perf') };
/** What a hold is, and so what is offered to somebody on standby. */
const heldSeats = {
  ...{ holdId: idOf('hold'), userId: z.string(), ...performanceIds },
  ...{ seatIds: z.array(idOf('seat')), amount: points, expiresAt: time },
};

const holdEvent = z
  .strictObject({
    type: z.enum(['hold.placed', 'hold.paid', 'hold.expired', 'hold.released']),
    ...{ at: time, ...heldSeats, reservationId: idOf('res').nullable(), cursor },
  })
  .meta({ id: 'HoldEvent' });

const standbyEvent = z
  .strictObject({
    type: z.enum(['standby.offered', 'standby.lapsed']),
    ...{ at: time, standbyId: idOf('standby'), ...heldSeats, cursor },
  })
  .meta({ id: 'StandbyEvent' });

const tokenEvent = z
  .strictObject({
    type: z.literal('token.admitted'),
    at: time,
    userId: z.string(),
    concertId: idOf('concert'),
    tokenHash: z.string().meta({ description: 'First 16 bytes of the SHA-256 of the queue token, base64url' }),
    cursor,
  })
  .meta({ id: 'TokenEvent' });

const reservationEvent = z
  .strictObject({
    type: z.literal('reservation.cancelled'),
    at: time,
    reservationId: idOf('res'),
    paymentId: idOf('pay').nullable().meta({ description: 'Null: they were complimentary' }),
    userId: z.string(),
    ...performanceIds,
    seatIds: z.array(idOf('seat')).meta({ description: 'Those that were cancelled; others may still be owned' }),
    refunded: points,
    fee: points,
    cursor,
  })
  .meta({ id: 'ReservationEvent' });

const performanceEvent = z
  .strictObject({
    type: z.enum(['performance.changed', 'performance.cancelled']),
    at: time,
    ...performanceIds,
    startsAt: time,
    refundUntil: time,
    cursor,
  })
  .meta({ id: 'PerformanceEvent' });

export const feedEvent = z
  .discriminatedUnion('type', [holdEvent, standbyEvent, reservationEvent, performanceEvent, tokenEvent])
  .meta({ id: 'Event' });
export type FeedEvent = z.output<typeof feedEvent>;
type HoldEvent = z.output<typeof holdEvent>;
type StandbyEvent = z.output<typeof standbyEvent>;

/**
 * The events of a change of a hold. One that was placed and ended in one transaction makes two events. Ended holds don't
 * change any more, so the document that is looked up for an end is the one of its moment; that of a placing may be later.
 */
export function holdEvents(hold: HoldDoc, isNew: boolean, after: string): FeedEvent[] {
  const { _id: holdId, userId, concertId, performanceId, seatIds, amount, standbyId, status, placedAt, endedAt } = hold;
  const seats = { holdId, userId, concertId, performanceId, seatIds, amount, expiresAt: hold.expiresAt.toISOString() };
  const event = (type: HoldEvent['type'], at: Date, reservationId: string | null = null): HoldEvent => ({
    ...{ type, at: at.toISOString(), ...seats, reservationId, cursor: after },
  });
  // What was offered is a hold as well: first that there is one, then whose turn it was; and so when it ends.
  const offer = (type: StandbyEvent['type'], at: Date): StandbyEvent[] =>
    standbyId === undefined ? [] : [{ type, at: at.toISOString(), standbyId, ...seats, cursor: after }];
  const placed = isNew ? [event('hold.placed', placedAt), ...offer('standby.offered', placedAt)] : [];
  if (status === 'held') return placed;
  const at = endedAt ?? placedAt;
  const end = event(`hold.${status}`, at, status === 'paid' ? hold.reservationId : null);
  return [...placed, end, ...(status === 'expired' ? offer('standby.lapsed', at) : [])];
}

/** @param cancelled all seats of the reservation that were cancelled so far: those of the last command are new */
export function reservationEvents(
  { _id: reservationId, paymentId, userId, concertId, performanceId }: ReservationDoc,
  cancelled: readonly CancelledSeat[],
  after: string,
): FeedEvent[] {
  const last = cancelled.at(-1);
  if (!last) return [];
  const seats = cancelled.filter(({ commandId }) => commandId === last.commandId);
  const sum = (field: 'refunded' | 'fee') => seats.reduce((total, seat) => total + seat[field], 0);
  return [
    {
      ...{ type: 'reservation.cancelled', at: last.at.toISOString() },
      ...{ reservationId, paymentId, userId, concertId, performanceId },
      ...{ seatIds: seats.map(({ seatId }) => seatId), refunded: sum('refunded'), fee: sum('fee'), cursor: after },
    },
  ];
}

/** @param changed the fields as the change left them: the document may be of a later one */
export function performanceEvents(
  performance: PerformanceDoc,
  changed: Partial<PerformanceDoc>,
  at: Date,
  after: string,
): FeedEvent[] {
  const { _id: performanceId, concertId, ...terms } = { ...performance, ...changed };
  const type = changed.cancelledAt ? 'performance.cancelled' : 'performance.changed';
  const startsAt = terms.startsAt.toISOString();
  const refundUntil = refundEnd(terms).toISOString();
  return [{ type, at: at.toISOString(), concertId, performanceId, startsAt, refundUntil, cursor: after }];
}

/** One event for each visitor that the call admitted. */
export function admissionEvents({ concertId, at, admitted }: AdmissionDoc, after: string): FeedEvent[] {
  return admitted.map(({ place, userId }) => ({
    ...{ type: 'token.admitted' as const, at: at.toISOString(), userId, concertId, tokenHash: place, cursor: after },
  }));
}
