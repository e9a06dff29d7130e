import { z } from 'zod';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { activeExample, queueTokenState, roomOf, waitingExample } from './queue-token';

const joined = queueTokenState
  .extend({ token: z.string().meta({ description: 'To be sent as `Queue-Token`' }) })
  .meta({ id: 'QueueToken' });
const token = 'Jb0m2u3w5T4k7Yy6pR8sVxZaCdEfGhIjKlMnOpQrStU';

export const joinQueue = route({
  method: 'post',
  path: '/v1/concerts/{concertId}/queue-token',
  tag: 'Waiting Token',
  summary: 'Join the queue',
  description:
    'Joining again, from any tab or device, answers the same position; a repeat never moves a visitor back. Without limits on ' +
    'the waiting room the token is `active` at once.',
  auth: 'user',
  params: pathId('concertId', 'concert'),
  responses: {
    200: {
      description: 'Your token and where it stands.',
      content: content(joined, { waiting: { token, ...waitingExample }, active: { token, ...activeExample } }),
    },
  },
  errors: ['CONCERT_NOT_FOUND', 'WAITING_ROOM_CLOSED', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, context: ApiContext) {
    const room = await roomOf(context, params.concertId);
    const { token, state } = await context.waitingRoom.join(room, user.id);
    return { status: 200, body: { token, ...state } };
  },
});
