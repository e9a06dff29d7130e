import { z } from 'zod';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { example, idOf, time } from '../http/schemas';

export const concert = z
  .strictObject({
    id: idOf('concert'),
    title: z.string(),
    opensAt: time.nullable().meta({ description: 'When the queue opens; null: it is open' }),
  })
  .meta({ id: 'Concert' });

export const listConcerts = route({
  method: 'get',
  path: '/v1/concerts',
  tag: 'Concert',
  summary: 'All concerts',
  description: 'In the order of their ids.',
  auth: 'none',
  query: pageQuery,
  responses: {
    200: {
      description: 'A page of concerts.',
      content: content(pageOf(concert).meta({ id: 'Concerts' }), {
        concerts: {
          items: [{ id: example.concert, title: 'The Demo Concert', opensAt: null }],
          nextCursor: null,
        },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ query }, { models }: ApiContext) {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]));
    const found = await models.concerts
      .find(after ? { _id: { $gt: after[0] } } : {}, { title: 1, opensAt: 1 })
      .sort({ _id: 1 })
      .limit(query.limit + 1)
      .lean<ConcertDoc[]>();
    return { status: 200, body: toPage(found, query.limit, presentConcert, ({ _id }) => [_id]) };
  },
});

export function presentConcert({ _id, title, opensAt }: ConcertDoc) {
  return { id: _id, title, opensAt: opensAt?.toISOString() ?? null };
}
