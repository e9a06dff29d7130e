import { z } from 'zod';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { idOf } from '../http/schemas';
import { hold, holdExample, oldestLive, presentHold } from './hold';

const query = pageQuery.extend({
  performanceId: idOf('perf').optional().meta({ description: 'Only holds of this performance' }),
});

export const listHolds = route({
  method: 'get',
  path: '/v1/holds',
  tag: 'Temporary Reservation',
  summary: 'Your holds, live ones first',
  description:
    'From whichever device they were made: what you can still pay, then what became of the others, newest first.',
  auth: 'user',
  query,
  responses: {
    200: {
      description: 'A page of holds.',
      content: content(pageOf(hold).meta({ id: 'Holds' }), { holds: { items: [holdExample], nextCursor: null } }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ user, query: { limit, cursor, performanceId } }, context: ApiContext) {
    const [live, before] = decodeCursor(cursor, z.tuple([z.union([z.literal(0), z.literal(1)]), z.string()])) ?? [
      1,
      null,
    ];
    const wanted = { userId: user.id, ...(performanceId !== undefined && { performanceId }) };
    const read = (filter: object, most: number) =>
      context.models.holds
        .find({ ...wanted, ...filter })
        .sort({ _id: -1 })
        .limit(most)
        // Ids alone would lead through everybody's holds.
        .hint(performanceId === undefined ? { userId: 1, _id: -1 } : { userId: 1, performanceId: 1, _id: -1 })
        .lean<HoldDoc[]>();
    const now = new Date(context.clock.now());
    const lately = { _id: { $gte: oldestLive(context) } };
    const offered = await offeredTo(context, user.id);
    const isLive = {
      ...{ status: 'held', expiresAt: { $gt: now } },
      ...(offered.length > 0 ? { $or: [lately, { _id: { $in: offered } }] } : lately),
    };
    const older = before === null ? {} : { $and: [{ _id: { $lt: before } }] };
    const first = live ? await read({ ...isLive, ...older }, limit + 1) : [];
    const rest = limit + 1 - first.length;
    const others = rest > 0 ? await read({ $nor: [isLive], ...(!live && older) }, rest) : [];
    const position = (hold: HoldDoc) => [first.includes(hold) ? 1 : 0, hold._id] as const;
    return { status: 200, body: toPage([...first, ...others], limit, presentHold, position) };
  },
});

/** Holds that came by standby, whose ids are of the time when the user joined the line. */
async function offeredTo({ models }: ApiContext, userId: string): Promise<string[]> {
  const offered = await models.standbyEntries.find({ userId, live: true, status: 'offered' }, { holdId: 1 }).lean();
  return offered.flatMap(({ holdId }) => holdId ?? []);
}
