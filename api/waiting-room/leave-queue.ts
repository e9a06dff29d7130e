import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { queueTokenHeader, queueTokenState, roomOf, waitingExample } from './queue-token';

const left = {
  ...waitingExample,
  status: 'left' as const,
  position: null,
  ahead: null,
  etaSeconds: null,
  eta: { known: false, lowSeconds: null, highSeconds: null },
  pollAfterSeconds: null,
  expiresAt: null,
};

export const leaveQueue = route({
  method: 'delete',
  path: '/v1/concerts/{concertId}/queue-token',
  tag: 'Waiting Queue',
  summary: 'Leave the queue',
  description: 'Gives up the position in the queue, or the session if it has begun. Joining again starts at the end.',
  auth: 'user',
  params: pathId('concertId', 'concert'),
  headers: queueTokenHeader,
  queueToken: 'optional',
  responses: { 200: { description: 'The token has ended.', content: content(queueTokenState, { left }) } },
  errors: [
    'CONCERT_NOT_FOUND',
    'QUEUE_TOKEN_NOT_FOUND',
    'QUEUE_TOKEN_INVALID',
    'QUEUE_TOKEN_EXPIRED',
    'SERVICE_UNAVAILABLE',
  ],
  async handler({ params, user, headers }, context: ApiContext) {
    const room = await roomOf(context, params.concertId);
    return { status: 200, body: await context.waitingRoom.leave(room, user.id, headers['queue-token']) };
  },
});
