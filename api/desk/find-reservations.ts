import { z } from 'zod';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { Models } from '../../shared/models';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { pageOf, pageQuery } from '../http/paging';
import { route } from '../http/route';
import { idOf, userId } from '../http/schemas';
import { demandOneOf, filteredPage, lastRead, mostRead } from './filtered-page';
import { foundReservation, foundReservationExample, presentFoundReservation } from './found';
import { recordLook } from './look';

const query = pageQuery.extend({
  performanceId: idOf('perf').optional(),
  userId: userId.optional(),
  seatId: idOf('seat').optional().meta({ description: 'Also those that have it no more' }),
  state: z.enum(['reserved', 'partly-cancelled', 'cancelled']).optional(),
});

type Query = z.output<typeof query>;

export const findReservations = route({
  method: 'get',
  path: '/v1/admin/reservations',
  tag: 'Admin',
  summary: "Anybody's reservations, newest first",
  description:
    'Of a performance, a user or a seat; what is named beside that narrows it down. A page may have fewer than `limit`: `nextCursor` ' +
    'says whether there are more. The look is among the admin actions.',
  auth: ['admin', 'operator', 'box-office'],
  query,
  responses: {
    200: {
      description: 'A page of reservations.',
      content: content(pageOf(foundReservation).meta({ id: 'FoundReservations' }), {
        reservations: { items: [foundReservationExample], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ user, query: asked }, context: ApiContext) {
    const { limit, cursor, ...filter } = asked;
    demandOneOf(filter, ['performanceId', 'userId', 'seatId']);
    const before = lastRead(cursor);
    const target = filter.userId ?? filter.seatId ?? filter.performanceId ?? '';
    await recordLook(context, user, 'reservations.look', target, filter);
    const read = await readReservations(context.models, filter, before);
    const isWanted = (doc: ReservationDoc) =>
      [doc.performanceId, undefined].includes(filter.performanceId) &&
      [doc.userId, undefined].includes(filter.userId) &&
      [presentFoundReservation(doc).status, undefined].includes(filter.state);
    return { status: 200, body: filteredPage(read, limit, isWanted, presentFoundReservation) };
  },
});

type Read = (readonly [id: string, reservation: ReservationDoc | null])[];

/** By the index that narrows it down most. */
async function readReservations(
  models: Models,
  { seatId, userId: owner, performanceId }: Partial<Query>,
  before: string | null,
): Promise<Read> {
  const older = before === null ? {} : { _id: { $lt: before } };
  if (seatId !== undefined) return readOfSeat(models, seatId, older);
  const filter = owner === undefined ? { performanceId } : { userId: owner };
  const found = await models.reservations
    .find({ ...filter, ...older })
    .sort({ _id: -1 })
    .limit(mostRead)
    .lean<ReservationDoc[]>();
  return found.map((doc) => [doc._id, doc]);
}

/**
 * By the holds of the seat, of which those that were paid stay: a reservation that has given it up is in no index with it.
 * The others count as read: behind a thousand of them there may be a paid one.
 */
async function readOfSeat(models: Models, seatId: string, older: object): Promise<Read> {
  const holds = await models.holds
    .find({ seatIds: seatId, ...older })
    .sort({ _id: -1 })
    .limit(mostRead)
    .hint({ seatIds: 1, _id: -1 })
    .lean<HoldDoc[]>();
  const ids = holds.flatMap(({ reservationId }) => reservationId ?? []);
  const found = await models.reservations.find({ _id: { $in: ids } }).lean<ReservationDoc[]>();
  const ofHold = new Map(found.map((doc) => [doc.holdId, doc]));
  return holds.map(({ _id }) => [_id, ofHold.get(_id) ?? null]);
}
