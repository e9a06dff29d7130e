import { z } from 'zod';
import type { PointEntryDoc } from '../points/point-entry.model';

const id = z.string().min(1).max(80);
const amount = z.number().int().min(1);
const seatIds = z.array(id).min(1);
/** Its seats are known without reading the hold; commands of earlier versions come without. */
const hold = z.object({ holdId: id, performanceId: id, section: z.string(), seatIds: seatIds.optional() });

/** Some seats of a block, all of one section. `next`: of the block and the lane, the command that comes after this one. */
const someOfBlock = z.object({ blockId: id, performanceId: id, section: z.string(), seatIds, next: id.optional() });

const standby = z.object({ standbyId: id, performanceId: id, section: z.string() });

/** Commands about seats share a lane per performance and section; commands about a wallet share a lane per user. */
export type QueueKind = 'reservation' | 'wallet';

/** Documents that a command makes, whose ids follow from its own: the audit demands them of each that is done. */
export type Effect = 'hold' | 'expire' | 'payment' | 'reservation' | 'entry' | 'settlement' | 'standby' | 'offer';

interface Definition<P extends z.ZodType, E extends Effect> {
  queue: QueueKind;
  payload: P;
  /** Fields that the product adds to what the client asked for: a repeat is recognised by the others alone. */
  added?(payload: z.infer<P>): readonly string[];
  makes: readonly E[];
  /** Those that it makes or not, as its result says. */
  mayMake?: readonly E[];
  /** Commands with the same key are carried out one at a time, in the order accepted. */
  laneKey(payload: z.infer<P>, userId: string): string;
  /**
   * Of the commands with the same answer one is accepted at a time; the next one when it is final. For what must not be
   * decided side by side although it is of different lanes.
   */
  exclusive?(payload: z.infer<P>, userId: string): string;
}

/** Whatever may make a ledger entry says of which kind. */
type EntryOf<E> = 'entry' extends E ? { entry: PointEntryDoc['kind'] } : { entry?: undefined };

function define<P extends z.ZodType, const E extends Effect = never>(definition: Definition<P, E> & EntryOf<E>) {
  return definition;
}

const bySection = (payload: { performanceId: string; section: string }) =>
  `${payload.performanceId}/${payload.section}`;
const seatsAdded = () => ['seatIds'];
const byPerformanceAndUser = ({ performanceId }: { performanceId: string }, userId: string) =>
  `${performanceId}/${userId}`;
const byUser = (_payload: unknown, userId: string) => userId;

/** Every command, once, with its queue, payload and lane: for producers and workers alike. */
export const catalogue = {
  'hold.place': define({
    queue: 'reservation',
    payload: z.object({
      ...{ concertId: id, performanceId: id, section: z.string(), seatIds },
      /** What was asked for in place of seats, and what would do: `seatIds` is the first of them. */
      best: z.object({ seats: z.int() }).loose().optional(),
      candidates: z.array(seatIds).optional(),
    }),
    // Commands of earlier versions have `startsAt`.
    added: ({ best }) => (best ? ['startsAt', 'section', 'seatIds', 'candidates'] : ['startsAt']),
    makes: ['hold', 'expire'],
    laneKey: bySection,
    // The seats that a user has at a performance are counted over its sections, which are lanes of their own.
    exclusive: byPerformanceAndUser,
  }),
  'hold.release': define({ queue: 'reservation', payload: hold, added: seatsAdded, makes: [], laneKey: bySection }),
  'hold.expire': define({ queue: 'reservation', payload: hold, added: seatsAdded, makes: [], laneKey: bySection }),
  'seat.block': define({ queue: 'reservation', payload: someOfBlock, makes: [], laneKey: bySection }),
  'seat.unblock': define({ queue: 'reservation', payload: someOfBlock, makes: [], laneKey: bySection }),
  'reservation.issue': define({
    queue: 'reservation',
    /** Complimentary seats for its user, by an operator. */
    payload: z.object({
      ...{ concertId: id, performanceId: id, section: z.string(), seatIds },
      ...{ by: z.string(), reason: z.string(), actionId: id },
    }),
    added: () => ['concertId', 'section', 'by', 'actionId'],
    makes: ['hold', 'reservation'],
    laneKey: bySection,
  }),
  'standby.join': define({
    queue: 'reservation',
    payload: z.object({
      ...{ concertId: id, performanceId: id, section: z.string(), seats: z.int().min(1) },
      maxPrice: z.int().min(0).optional(),
    }),
    // Once it is offered seats, a hold and its end, too.
    makes: ['standby'],
    laneKey: bySection,
    exclusive: byPerformanceAndUser,
  }),
  'standby.leave': define({ queue: 'reservation', payload: standby, makes: [], laneKey: bySection }),
  // Made by workers, for a line whose date has started or was called off.
  'standby.close': define({
    queue: 'reservation',
    payload: z.object({ performanceId: id, section: z.string() }),
    makes: [],
    laneKey: bySection,
  }),
  // Made with an offer. It does nothing: while it is unfinished, no hold of the user is decided that has not seen the offer.
  'standby.offer': define({
    queue: 'reservation',
    payload: standby,
    makes: [],
    laneKey: bySection,
    exclusive: byPerformanceAndUser,
  }),
  'points.charge': define({
    queue: 'wallet',
    // A user's own charge has no source; only while CHARGES is open are there such.
    payload: z.object({ amount, reference: z.string().optional(), actionId: id.optional(), topUpId: id.optional() }),
    added: () => ['actionId'],
    makes: ['entry'],
    mayMake: ['settlement'],
    entry: 'charge',
    laneKey: byUser,
  }),
  'points.use': define({
    queue: 'wallet',
    payload: z.object({ amount }),
    makes: ['entry'],
    entry: 'use',
    laneKey: byUser,
  }),
  'points.reverse': define({
    queue: 'wallet',
    /** `whole`: refused if the wallet has less. Else what is missing becomes its debt. */
    payload: z.object({ amount, topUpId: id, whole: z.boolean() }),
    // No entry if nothing was there to be taken.
    makes: [],
    mayMake: ['entry'],
    entry: 'reversal',
    laneKey: byUser,
  }),
  'payment.pay': define({
    queue: 'wallet',
    payload: z.object({ holdId: id, performanceId: id.optional(), seatIds: seatIds.optional() }),
    added: () => ['performanceId', 'seatIds'],
    makes: ['payment', 'reservation'],
    // No entry if the seats are free.
    mayMake: ['entry'],
    entry: 'use',
    laneKey: byUser,
  }),
  'reservation.cancel': define({
    queue: 'wallet',
    payload: z.object({
      reservationId: id,
      /** Missing: all that are still owned. */
      seatIds: seatIds.optional(),
      ...{ performanceId: id, holdId: id, reservedSeatIds: seatIds },
      /** For the buyer by somebody else, to whom the terms of the performance don't apply. */
      override: z
        .object({ by: z.string(), reason: z.string(), refund: z.union([z.enum(['full', 'none']), z.int().min(0)]) })
        .optional(),
    }),
    added: () => ['performanceId', 'holdId', 'reservedSeatIds'],
    // No entry if nothing comes back.
    makes: [],
    mayMake: ['entry', 'settlement'],
    entry: 'refund',
    // The buyer's, also when somebody else cancels.
    laneKey: byUser,
  }),
} as const;

export type CommandKind = keyof typeof catalogue;
export type PayloadOf<K extends CommandKind> = z.infer<(typeof catalogue)[K]['payload']>;
export const commandKinds = Object.keys(catalogue) as CommandKind[];

/** Of a stored command: a version that knows more kinds may have stored it. */
export const isKnownKind = (kind: string): kind is CommandKind => Object.hasOwn(catalogue, kind);
