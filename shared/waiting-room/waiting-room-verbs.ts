import type { QueueTokenState } from './queue-token-state';
import type { Room } from './room';

export interface AdmitResult {
  /** Places (not users) let in by this call, in order. */
  admitted: string[];
  /** Whether there is more to do now: call again. */
  more: boolean;
  waiting: number;
  active: number;
  /** Calls that let people in and wait in `news`. */
  untold: number;
  /** False: another worker runs this room's tick. */
  leader: boolean;
}

/** Who was let in by one call, as Redis keeps it until it is stored. */
export interface AdmissionNews {
  /** Increases within a room. */
  id: string;
  at: Date;
  /** In the order in which they came in. */
  admitted: { place: string; userId: string }[];
}

export interface RoomNumbers {
  waiting: number;
  active: number;
  admittedLastMinute: number;
  /** Since the room's epoch began or Redis was lost. */
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
 * The line in front of a concert. Every verb is one atomic Redis call; all are safe to repeat, from anywhere.
 * Times out or throws like any Redis call when Redis is away.
 */
export interface WaitingRoom {
  /**
   * Takes a place in line, or answers the one that this user has. At once `active` when nothing stands in the way.
   * @throws Problem WAITING_ROOM_CLOSED while the room is drained and the user is not in it
   */
  join(room: Room, userId: string): Promise<{ token: string; state: QueueTokenState }>;
  /**
   * The health check: extends the token. Without a token it looks up the user. Someone with a valid token whom Redis has
   * forgotten is back in line with this very call.
   * @throws Problem QUEUE_TOKEN_INVALID, QUEUE_TOKEN_EXPIRED, QUEUE_TOKEN_NOT_FOUND (no token, not in line),
   * QUEUE_POLL_TOO_EARLY (place kept)
   */
  poll(room: Room, userId: string, token?: string): Promise<QueueTokenState>;
  /** Gives the place or the visit up. @throws Problem QUEUE_TOKEN_INVALID, QUEUE_TOKEN_NOT_FOUND */
  leave(room: Room, userId: string, token?: string): Promise<QueueTokenState>;
  /**
   * In front of holds and payments: passes only an active visitor, and extends the visit.
   * @throws Problem QUEUE_TOKEN_REQUIRED, QUEUE_TOKEN_INVALID, QUEUE_TOKEN_NOT_ACTIVE, QUEUE_TOKEN_EXPIRED
   */
  gate(room: Room, userId: string, token: string | undefined): Promise<void>;
  /** After the commit of a payment: ends the visit and lets the next one in. A repeat for the same payment does nothing. */
  finish(room: Room, userId: string, paymentId: string): Promise<void>;
  /**
   * One step of the tick: ends expired visits, drops the silent, lets the next ones in. Bounded work.
   * @param worker with a name, only one worker at a time gets through (`leader`), another after two silent seconds
   */
  admit(room: Room, worker?: string): Promise<AdmitResult>;
  /**
   * States of several visitors who have been in line, in order: for live pages. Keeps places as a poll does and is never
   * too early, but does not extend visits.
   */
  watch(room: Room, userIds: string[]): Promise<QueueTokenState[]>;
  /** Who was let in and is not stored yet, oldest first, some at a time. Lost with Redis. */
  news(room: Room): Promise<AdmissionNews[]>;
  /** Forgets news that have been stored. */
  forget(room: Room, news: AdmissionNews[]): Promise<void>;
  numbers(room: Room): Promise<RoomNumbers>;
  /** Null for a room without `opensAt`. */
  draw(room: Room): Promise<Draw | null>;
}
