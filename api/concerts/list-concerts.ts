import { z } from 'zod';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import type { Config } from '../../shared/platform/config';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { example, idOf, time, venueTimeZone } from '../http/schemas';

export const concert = z
  .strictObject({
    id: idOf('concert'),
    title: z.string(),
    opensAt: time.nullable().meta({ description: 'When the queue opens; null: it is open' }),
    timeZone: venueTimeZone,
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
          items: [{ id: example.concert, title: 'The Demo Concert', opensAt: null, timeZone: 'Asia/Seoul' }],
          nextCursor: null,
        },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ query }, { models, config }: ApiContext) {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]));
    const found = await models.concerts
      .find(after ? { _id: { $gt: after[0] } } : {}, { title: 1, opensAt: 1, timeZone: 1 })
      .sort({ _id: 1 })
      .limit(query.limit + 1)
      .lean<ConcertDoc[]>();
    return { status: 200, body: toPage(found, query.limit, presentConcert(config), ({ _id }) => [_id]) };
  },
});

export const presentConcert =
  ({ TIME_ZONE }: Pick<Config, 'TIME_ZONE'>) =>
  ({ _id, title, opensAt, timeZone }: ConcertDoc) => {
    return { id: _id, title, opensAt: opensAt?.toISOString() ?? null, timeZone: timeZone ?? TIME_ZONE };
  };
