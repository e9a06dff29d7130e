import { z } from 'zod';
import type { StandbyEntryDoc } from '../../shared/standby/standby.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { idOf } from '../http/schemas';
import { placeInLine, presentPlace, standbyPlace, standbyPlaceExample } from './standby-place';

const query = pageQuery.extend({
  performanceId: idOf('perf').optional().meta({ description: 'Only places at this performance' }),
});

export const listStandby = route({
  method: 'get',
  path: '/v1/standby',
  tag: 'Standby',
  summary: 'Your places on standby, newest first',
  description: 'Where you stand in line, what you were offered, and what became of the others.',
  auth: 'user',
  query,
  responses: {
    200: {
      description: 'A page of places.',
      content: content(pageOf(standbyPlace).meta({ id: 'StandbyPlaces' }), {
        waiting: {
          items: [standbyPlaceExample],
          nextCursor: null,
        },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ user, query: { limit, cursor, performanceId } }, { models }: ApiContext) {
    const after = decodeCursor(cursor, z.tuple([z.string()]));
    const found = await models.standbyEntries
      .find({
        userId: user.id,
        ...(performanceId !== undefined && { performanceId }),
        ...(after && { _id: { $lt: after[0] } }),
      })
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean<StandbyEntryDoc[]>();
    const { items, nextCursor } = toPage(
      found,
      limit,
      (doc) => doc,
      ({ _id }) => [_id],
    );
    const places = items.map(async (doc) => presentPlace(doc, await placeInLine(models, doc)));
    return { status: 200, body: { items: await Promise.all(places), nextCursor } };
  },
});
