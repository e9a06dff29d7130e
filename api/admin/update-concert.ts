import { z } from 'zod';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { adminConcert, concertExample, entryUrl, opensAt, presentAdminConcert, timeZone, title } from './admin-concert';
import { changeConcert } from './change-concert';

const body = z.strictObject({ title, opensAt, timeZone, entryUrl }).partial().meta({ id: 'ConcertChanges' });

export const updateConcert = route({
  method: 'patch',
  path: '/v1/admin/concerts/{concertId}',
  tag: 'Admin',
  summary: 'Change a concert',
  description: 'Fields that are left out stay as they are. Every process follows within a second.',
  auth: ['admin'],
  params: pathId('concertId', 'concert'),
  body: content(body, { title: { title: 'The Demo Concert, second edition' } }),
  responses: { 200: { description: 'The concert now.', content: content(adminConcert, { concert: concertExample }) } },
  errors: ['CONCERT_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, body: { opensAt: opens, ...others }, user }, context: ApiContext) {
    const opensAt = typeof opens === 'string' ? new Date(opens) : opens;
    const concert = await changeConcert(context, user, 'concert.update', params.concertId, () => ({
      concert: { ...others, opensAt },
    }));
    return { status: 200, body: presentAdminConcert(concert) };
  },
});
