import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, pathId } from '../http/schemas';
import { concert, presentConcert } from './list-concerts';

export const getConcert = route({
  method: 'get',
  path: '/v1/concerts/{concertId}',
  tag: 'Concert',
  summary: 'One concert',
  description: 'May be a second old.',
  auth: 'none',
  params: pathId('concertId', 'concert'),
  responses: {
    200: {
      description: 'The concert.',
      content: content(concert, {
        concert: { id: example.concert, title: 'The Demo Concert', opensAt: null, timeZone: 'Asia/Seoul' },
      }),
    },
  },
  errors: ['CONCERT_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params }, { concerts, config }: ApiContext) {
    const found = await concerts.get(params.concertId);
    if (!found) throw new Problem('CONCERT_NOT_FOUND');
    return { status: 200, body: presentConcert(config)(found) };
  },
});
