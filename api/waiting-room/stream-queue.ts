import { Problem } from '../../shared/platform/errors';
import type { QueueTokenState, Room } from '../../shared/waiting-room/waiting-room';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { type EventStream, route } from '../http/route';
import { pathId } from '../http/schemas';
import { activeExample, queueTokenHeader, queueTokenState, roomOf, waitingExample } from './queue-token';

export const streamQueue = route({
  method: 'get',
  path: '/v1/concerts/{concertId}/queue-token/events',
  tag: 'Waiting Queue',
  summary: 'Your position in the queue, live',
  description:
    'Server-Sent Events in place of polls: an event `queue-token` with the state at once, and again whenever status or ' +
    'position changes; a comment every 15 seconds. An open stream keeps the position as polls do, and ends after the last ' +
    'state. There is nothing to catch up on after a lost connection: the first event is the state as it is now.',
  auth: 'user',
  params: pathId('concertId', 'concert'),
  headers: queueTokenHeader,
  queueToken: 'optional',
  responses: {
    200: {
      description: 'The stream; each `data` is a state.',
      mediaType: 'text/event-stream',
      content: content(queueTokenState, { waiting: waitingExample, active: activeExample }),
    },
  },
  errors: [
    'CONCERT_NOT_FOUND',
    'QUEUE_TOKEN_NOT_FOUND',
    'QUEUE_TOKEN_INVALID',
    'QUEUE_TOKEN_EXPIRED',
    'TOO_MANY_STREAMS',
    'SERVICE_UNAVAILABLE',
  ],
  async handler({ params, user, headers }, context: ApiContext) {
    const room = await roomOf(context, params.concertId);
    const state = await pollUnlessTooEarly(context, room, user.id, headers['queue-token']);
    return { status: 200, stream: streamOf(context, room, user.id, state) };
  },
});

/** Null where the last poll was a moment ago: the user is in the queue, and the first round publishes the position. */
function pollUnlessTooEarly({ waitingRoom }: ApiContext, room: Room, userId: string, token: string | undefined) {
  return waitingRoom.poll(room, userId, token).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'QUEUE_POLL_TOO_EARLY') return null;
    throw error;
  });
}

function streamOf(
  { queueBroadcaster }: ApiContext,
  room: Room,
  userId: string,
  state: QueueTokenState | null,
): EventStream {
  return {
    kind: 'queue',
    start(sink) {
      const publish = (latest: QueueTokenState) => {
        sink.send('queue-token', latest);
        if (latest.status !== 'waiting' && latest.status !== 'active') sink.end();
      };
      if (state) publish(state);
      return queueBroadcaster.subscribe(room._id, userId, publish, state);
    },
  };
}
