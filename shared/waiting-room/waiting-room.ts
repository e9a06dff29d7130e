import { createQueueTokens } from './queue-token';
import { roomCalls } from './room-calls';
import { createRunScript, type WaitingRoomOptions } from './scripts';
import { createServeVisitor } from './share-calls';
import type { WaitingRoom } from './types';
import { visitorCalls } from './visitor-calls';

export type { Room } from '../concerts/concert.model';
export type { PendingAdmission } from './protocol';
export type { QueueTokenState } from './queue-token-state';
export type { WaitingRoomOptions } from './scripts';
export type { RoomNumbers, WaitingRoom } from './types';

/** The waiting room over one Redis connection; opens nothing of its own. */
export function createWaitingRoom(options: WaitingRoomOptions): WaitingRoom {
  const { secret, random = Math.random } = options;
  const run = createRunScript(options);
  const serve = createServeVisitor(run, random);
  return { ...visitorCalls(serve, createQueueTokens(secret)), ...roomCalls(run, options) };
}
