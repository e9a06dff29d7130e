import { z } from 'zod';
import { type HoldDoc, holdStatuses } from '../../shared/holds/hold.model';
import type { Models } from '../../shared/models';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { pageOf, pageQuery } from '../http/paging';
import { route } from '../http/route';
import { idOf, userId } from '../http/schemas';
import { demandOneOf, filteredPage, lastRead, mostRead } from './filtered-page';
import { foundHold, foundHoldExample, presentFoundHold } from './found';
import { recordLook } from './look';

const query = pageQuery.extend({
  performanceId: idOf('perf').optional().meta({ description: 'Alone: its live holds' }),
  userId: userId.optional(),
  seatId: idOf('seat').optional(),
  state: z.enum(holdStatuses).optional(),
});

type Query = z.output<typeof query>;

export const findHolds = route({
  method: 'get',
  path: '/v1/admin/holds',
  tag: 'Admin',
  summary: "Anybody's holds, newest first",
  description:
    'Of a user, of a seat, or the live ones of a performance; what is named beside that narrows it down. A page may have fewer ' +
    'than `limit`: `nextCursor` says whether there are more. The look is among the admin actions.',
  auth: ['admin', 'operator', 'box-office'],
  query,
  responses: {
    200: {
      description: 'A page of holds.',
      content: content(pageOf(foundHold).meta({ id: 'FoundHolds' }), {
        holds: { items: [foundHoldExample], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ user, query: asked }, context: ApiContext) {
    const { limit, cursor, ...filter } = asked;
    demandOneOf(filter, ['performanceId', 'userId', 'seatId']);
    const before = lastRead(cursor);
    await recordLook(context, user, 'holds.look', filter.userId ?? filter.seatId ?? filter.performanceId ?? '', filter);
    const found = await readHolds(context.models, filter, before);
    const isWanted = (hold: HoldDoc) =>
      [hold.performanceId, undefined].includes(filter.performanceId) &&
      [hold.userId, undefined].includes(filter.userId) &&
      [hold.status, undefined].includes(filter.state);
    const read = found.map((hold) => [hold._id, hold] as const);
    return { status: 200, body: filteredPage(read, limit, isWanted, presentFoundHold) };
  },
});

/** By the index that narrows it down most. */
function readHolds(
  models: Models,
  { seatId, userId: owner, performanceId = '' }: Partial<Query>,
  before: string | null,
): Promise<HoldDoc[]> {
  const older = before === null ? {} : { _id: { $lt: before } };
  if (seatId === undefined && owner === undefined) return readLive(models, performanceId, before);
  const filter = seatId === undefined ? { userId: owner } : { seatIds: seatId };
  const order = { _id: -1 } as const;
  const hint = seatId === undefined ? { userId: 1, ...order } : { seatIds: 1, ...order };
  return models.holds
    .find({ ...filter, ...older })
    .sort(order)
    .limit(mostRead)
    .hint(hint as never)
    .lean<HoldDoc[]>()
    .exec();
}

/** No index has the holds of a performance: each hold would pay for it. Its seats say which are live. */
async function readLive(models: Models, performanceId: string, before: string | null): Promise<HoldDoc[]> {
  const held = await models.seats
    .aggregate<{ _id: string }>([
      { $match: { performanceId, status: 'held' } },
      { $group: { _id: '$holdId' } },
      ...(before === null ? [] : [{ $match: { _id: { $lt: before } } }]),
      { $sort: { _id: -1 } },
      { $limit: mostRead },
    ])
    .readConcern('snapshot');
  const ids = held.map(({ _id }) => _id);
  return models.holds
    .find({ _id: { $in: ids } })
    .sort({ _id: -1 })
    .lean<HoldDoc[]>();
}
