import { createCallRoom, type WaitingRoomOptions } from './call-room';
import { createIdentity } from './identity';
import { newsVerbs } from './news-verbs';
import { roomVerbs } from './room-verbs';
import { createServeVisitor } from './serve-visitors';
import { visitorVerbs } from './visitor-verbs';
import type { WaitingRoom } from './waiting-room-verbs';

export type { WaitingRoomOptions } from './call-room';
export type { QueueTokenState } from './queue-token-state';
export type { Room } from './room';
export type { AdmissionNews, RoomNumbers, WaitingRoom } from './waiting-room-verbs';

/** The waiting room over one Redis connection; opens nothing of its own. */
export function createWaitingRoom(options: WaitingRoomOptions): WaitingRoom {
  const { secret, random = Math.random } = options;
  const call = createCallRoom(options);
  const serve = createServeVisitor(call, random);
  return { ...visitorVerbs(serve, createIdentity(secret)), ...roomVerbs(call, secret), ...newsVerbs(options) };
}
