import { z } from 'zod';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, timeOfCursor, toPage } from '../http/paging';
import { route } from '../http/route';
import { concertSales, readSales, salesExample } from './concert-sales';

export const listSales = route({
  method: 'get',
  path: '/v1/admin/sales',
  tag: 'Admin',
  summary: 'How every concert sells',
  description: 'Seats free, held and sold now, date by date. Newest concerts first.',
  auth: ['admin', 'operator', 'box-office', 'viewer'],
  query: pageQuery,
  responses: {
    200: {
      description: 'A page of concerts.',
      content: content(pageOf(concertSales).meta({ id: 'Sales' }), {
        sales: { items: [salesExample], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ query: { cursor, limit } }, context: ApiContext) {
    const after = decodeCursor(cursor, z.tuple([timeOfCursor, z.string()]));
    const before = after && new Date(after[0]);
    const found = await context.models.concerts
      .find(before ? { $or: [{ createdAt: { $lt: before } }, { createdAt: before, _id: { $gt: after[1] } }] } : {})
      .sort({ createdAt: -1, _id: 1 })
      .limit(limit + 1)
      .lean<ConcertDoc[]>();
    const { items, nextCursor } = toPage(
      found,
      limit,
      (concert) => concert,
      ({ createdAt, _id }) => [createdAt.getTime(), _id],
    );
    return { status: 200, body: { items: await readSales(context, items), nextCursor } };
  },
});
