import type { Room } from '../concerts/concert.model';
import type { PendingAdmission } from './protocol';
import type { QueueTokenState } from './queue-token-state';

export interface AdmitResult {
  /** Ids of the visitors (not users) admitted by this call, in order. */
  admitted: string[];
  /** Whether there is more to do now: call again. */
  more: boolean;
  waiting: number;
  active: number;
  /** Records of visitors who have gone: deleted by later calls, a quarter of an hour after that. */
  ended: number;
  /** Calls whose admissions are pending. */
  pending: number;
  /** False: another worker runs this waiting room's tick. */
  leader: boolean;
}

export interface RoomNumbers {
  waiting: number;
  active: number;
  admittedLastMinute: number;
  /** Since the epoch began or Redis was lost. */
  joined: number;
  admitted: number;
  /** Silent for longer than `graceSeconds` in line. */
  dropped: number;
  /** Active visitors whose session ended by itself. */
  expired: number;
  completed: number;
  left: number;
  /** Over all who were admitted; null before the first. */
  meanWaitSeconds: number | null;
}

interface Draw {
  opensAt: string;
  /** SHA-256 of `seed`, in hex. Published from the start. */
  seedHash: string;
  /** In hex; null until the line has opened. */
  seed: string | null;
  /** Draw numbers 1 to this took part; null until the line has opened. */
  participants: number | null;
}

/**
 * The line in front of a concert. Every method is one atomic Redis call; all are safe to repeat, from anywhere. They time
 * out or throw like any Redis call when Redis is away, and throw MalformedAnswer when a script breaks the protocol.
 */
export interface WaitingRoom {
  /**
   * Takes a place in line, or returns the one that this user has. At once `active` when nothing stands in the way.
   * @throws Problem WAITING_ROOM_CLOSED while it is drained and the user is not in it
   */
  join(room: Room, userId: string): Promise<{ token: string; state: QueueTokenState }>;
  /**
   * The health check: extends the token. Without a token it looks up the user. Someone with a valid token whom Redis has
   * forgotten is back in line with this very call.
   * @throws Problem QUEUE_TOKEN_INVALID, QUEUE_TOKEN_EXPIRED, QUEUE_TOKEN_NOT_FOUND (no token, not in line),
   * QUEUE_POLL_TOO_EARLY (place kept)
   */
  poll(room: Room, userId: string, token?: string): Promise<QueueTokenState>;
  /** Gives up the place in line or the session. @throws Problem QUEUE_TOKEN_INVALID, QUEUE_TOKEN_NOT_FOUND */
  leave(room: Room, userId: string, token?: string): Promise<QueueTokenState>;
  /**
   * In front of holds and payments: passes only an active visitor, and extends the session.
   * @throws Problem QUEUE_TOKEN_REQUIRED, QUEUE_TOKEN_INVALID, QUEUE_TOKEN_NOT_ACTIVE, QUEUE_TOKEN_EXPIRED
   */
  gate(room: Room, userId: string, token: string | undefined): Promise<void>;
  /** After the commit of a payment: ends the session and admits the next one. A repeat for the same payment does nothing. */
  finish(room: Room, userId: string, paymentId: string): Promise<void>;
  /**
   * One step of the tick: ends expired sessions, drops the silent, admits the next ones. Bounded work.
   * @param worker an id: only one worker at a time gets through (`leader`), another after two silent seconds
   */
  admit(room: Room, worker?: string): Promise<AdmitResult>;
  /**
   * States of several visitors who have been in line, in order: for streams. Keeps places as a poll does and is never too
   * early, but does not extend sessions.
   */
  watch(room: Room, userIds: string[]): Promise<QueueTokenState[]>;
  /** The state of a user as an operator looks at it: extends nothing, and gives no place. Null: not in line. */
  look(room: Room, userId: string): Promise<QueueTokenState | null>;
  /** Admissions that are not stored in MongoDB yet, oldest first, some at a time. Lost with Redis. */
  pendingAdmissions(room: Room): Promise<PendingAdmission[]>;
  /** Deletes those that have been stored. */
  deletePending(room: Room, stored: PendingAdmission[]): Promise<void>;
  numbers(room: Room): Promise<RoomNumbers>;
  /** Null for a waiting room without `opensAt`. */
  draw(room: Room): Promise<Draw | null>;
}
