import type { CallRoom } from './call-room';
import { makeQueueToken, placeOf } from './queue-token';
import type { ServeVisitor } from './serve-visitors';

/**
 * While the secret is being changed: before anybody is served, the place that they have by the other secret becomes theirs.
 * One more call a visitor, for as long as QUEUE_TOKEN_SECRET_PREVIOUS is set.
 */
export function adoptPlaces(call: CallRoom, serve: ServeVisitor, previousSecret: string): ServeVisitor {
  return async (verb, room, asking) => {
    const scope = { concertId: room._id, epoch: room.room.epoch };
    const previous = placeOf(makeQueueToken(previousSecret, scope, asking.userId));
    await call('adopt', room, [asking.place, previous]);
    return serve(verb, room, asking);
  };
}
