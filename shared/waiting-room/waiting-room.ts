import type { Config } from '../platform/config';
import { adoptPlaces } from './adopt-places';
import { createQueueTokens } from './queue-token';
import { roomCalls } from './room-calls';
import { createRoomsInUse } from './rooms-in-use';
import { createRunScript, type RunScript, type WaitingRoomOptions } from './scripts';
import { createServeVisitor } from './share-calls';
import type { WaitingRoom } from './types';
import { lookCall, visitorCalls } from './visitor-calls';

export type { Room } from '../concerts/concert.model';
export type { PendingAdmission } from './protocol';
export type { QueueTokenState } from './queue-token-state';
export type { WaitingRoomOptions } from './scripts';
export type { RoomNumbers, WaitingRoom } from './types';

type RoomConfig = Pick<Config, 'QUEUE_PREFIX' | 'QUEUE_TOKEN_SECRET' | 'QUEUE_TOKEN_SECRET_PREVIOUS' | 'DRAW_SECRET'>;

/** What every waiting room is made with that has to do with settings. */
export function roomOptions(config: RoomConfig) {
  const { QUEUE_TOKEN_SECRET_PREVIOUS: previousSecret, DRAW_SECRET: drawSecret } = config;
  return { prefix: config.QUEUE_PREFIX, secret: config.QUEUE_TOKEN_SECRET, previousSecret, drawSecret };
}

/** The waiting room over one Redis connection; opens nothing of its own. */
export function createWaitingRoom(options: WaitingRoomOptions): WaitingRoom {
  const { secret, previousSecret, random = Math.random } = options;
  const run = createRunScript(options);
  const inUse = createRoomsInUse(options);
  const runTouching: RunScript = (script, room, requests) => {
    inUse.touch(room._id);
    return run(script, room, requests);
  };
  const serveBy = (script: RunScript) => {
    const serveNow = createServeVisitor(script, random);
    return previousSecret ? adoptPlaces(run, serveNow, previousSecret) : serveNow;
  };
  const tokens = createQueueTokens(secret, previousSecret);
  return {
    ...visitorCalls(serveBy(runTouching), tokens),
    ...lookCall(serveBy(run), tokens),
    ...roomCalls(run, options),
  };
}
