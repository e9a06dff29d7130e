import { encodeAdoption } from './codec';
import { makeQueueToken, visitorIdOf } from './queue-token';
import type { RunScript } from './scripts';
import type { ServeVisitor } from './share-calls';

/**
 * While the secret is being changed: before a visitor is served, the place that they have by the previous secret becomes
 * theirs. One more call a visitor, for as long as QUEUE_TOKEN_SECRET_PREVIOUS is set.
 */
export function adoptPlaces(run: RunScript, serve: ServeVisitor, previousSecret: string): ServeVisitor {
  return async (script, room, request) => {
    const scope = { concertId: room._id, epoch: room.room.epoch };
    const previousId = visitorIdOf(makeQueueToken(previousSecret, scope, request.userId));
    await run('adopt', room, encodeAdoption({ visitorId: request.visitorId, previousId }));
    return serve(script, room, request);
  };
}
