import type { Config } from '../platform/config';
import { adoptPlaces } from './adopt-places';
import { createCallRoom, type WaitingRoomOptions } from './call-room';
import { createIdentity } from './identity';
import { newsVerbs } from './news-verbs';
import { roomVerbs } from './room-verbs';
import { createServeVisitor } from './serve-visitors';
import { visitorVerbs } from './visitor-verbs';
import type { WaitingRoom } from './waiting-room-verbs';

export type { WaitingRoomOptions } from './call-room';
export type { Eta, QueueTokenState, QueueTokenStatus } from './queue-token-state';
export type { Room, RoomLimits } from './room';
export type { AdmissionNews, AdmitResult, Draw, RoomNumbers, WaitingRoom } from './waiting-room-verbs';

type RoomConfig = Pick<Config, 'QUEUE_PREFIX' | 'QUEUE_TOKEN_SECRET' | 'QUEUE_TOKEN_SECRET_PREVIOUS' | 'DRAW_SECRET'>;

/** What every waiting room is made with that has to do with settings. */
export function roomOptions(config: RoomConfig) {
  const { QUEUE_TOKEN_SECRET_PREVIOUS: previousSecret, DRAW_SECRET: drawSecret } = config;
  return { prefix: config.QUEUE_PREFIX, secret: config.QUEUE_TOKEN_SECRET, previousSecret, drawSecret };
}

/** The waiting room over one Redis connection; opens nothing of its own. */
export function createWaitingRoom(options: WaitingRoomOptions): WaitingRoom {
  const { secret, previousSecret, drawSecret = secret, random = Math.random } = options;
  const call = createCallRoom(options);
  const serveNow = createServeVisitor(call, random);
  const serve = previousSecret ? adoptPlaces(call, serveNow, previousSecret) : serveNow;
  const identity = createIdentity(secret, previousSecret);
  return { ...visitorVerbs(serve, identity), ...roomVerbs(call, drawSecret), ...newsVerbs(options) };
}
