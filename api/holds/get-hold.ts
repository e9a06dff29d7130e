import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { hold, holdExample, presentHold } from './hold';

export const getHold = route({
  method: 'get',
  path: '/v1/holds/{holdId}',
  tag: 'Temporary Reservation',
  summary: 'One of your holds',
  description: 'Its seats, until when they are yours, and what became of it.',
  auth: 'user',
  params: pathId('holdId', 'hold'),
  responses: {
    200: {
      description: 'The hold.',
      content: content(hold, { held: holdExample }),
    },
  },
  errors: ['HOLD_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, { find }: ApiContext) {
    const found = await find.holds(params.holdId);
    // Another user's hold is not found either.
    if (found?.userId !== user.id) throw new Problem('HOLD_NOT_FOUND');
    return { status: 200, body: presentHold(found) };
  },
});
