import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { activeExample, queueTokenHeader, queueTokenState, roomOf, waitingExample } from './queue-token';

export const pollQueue = route({
  method: 'get',
  path: '/v1/concerts/{concertId}/queue-token',
  tag: 'Waiting Queue',
  summary: 'Your position in the queue',
  description:
    'The health check: every poll keeps the position and extends the token. Poll again after `pollAfterSeconds`, not before. ' +
    'Without a `Queue-Token` header the position of the signed-in user is looked up.',
  auth: 'user',
  params: pathId('concertId', 'concert'),
  headers: queueTokenHeader,
  queueToken: 'optional',
  responses: {
    200: {
      description: 'Where the token stands.',
      content: content(queueTokenState, { waiting: waitingExample, active: activeExample }),
    },
  },
  errors: [
    'CONCERT_NOT_FOUND',
    'QUEUE_TOKEN_NOT_FOUND',
    'QUEUE_TOKEN_INVALID',
    'QUEUE_TOKEN_EXPIRED',
    'QUEUE_POLL_TOO_EARLY',
    'SERVICE_UNAVAILABLE',
  ],
  async handler({ params, user, headers }, context: ApiContext) {
    const room = await roomOf(context, params.concertId);
    return { status: 200, body: await context.waitingRoom.poll(room, user.id, headers['queue-token']) };
  },
});
