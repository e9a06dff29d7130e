import { content } from '../http/content';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { findHold, holdExample, holdSchema, presentHold } from './hold';

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
      content: content(holdSchema, { held: holdExample }),
    },
  },
  errors: ['HOLD_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, context) {
    return { status: 200, body: presentHold(await findHold(context, params.holdId, user.id)) };
  },
});
