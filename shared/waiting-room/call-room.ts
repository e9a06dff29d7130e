import type { Redis } from 'ioredis';
import type { Clock } from '../platform/clock';
import { drawSeed } from './draw';
import type { Answer } from './read-answer';
import type { Room } from './room';
import { loadScripts, runScript, type Scripts, type Verb } from './scripts';

export interface WaitingRoomOptions {
  /** A connection that fails fast, to one Redis or to a cluster. */
  redis: Pick<Redis, 'evalsha' | 'eval' | 'xrange' | 'xdel'>;
  /** QUEUE_TOKEN_SECRET. Another secret makes every token and place in line worthless, but for the previous one. */
  secret: string;
  /** QUEUE_TOKEN_SECRET_PREVIOUS: tokens and places by this one are good as well. */
  previousSecret?: string;
  /** DRAW_SECRET: what seeds of draws follow from, if not the secret. */
  drawSecret?: string;
  /** QUEUE_PREFIX. */
  prefix: string;
  /** Only its `offsetMs` is used: the time is Redis' own. */
  clock: Pick<Clock, 'offsetMs'>;
  /** Most polls per second that the visitors of one room are asked for, however many they are. */
  pollsPerSecond?: number;
  /** Shortest time between two polls of a waiting visitor. */
  minPollSeconds?: number;
  /** In [0, 1), for jitter. */
  random?: () => number;
  /** Other than the product's own only to show that tests notice. */
  scripts?: Scripts;
}

/** Runs a verb's script on a room, with what every script is told; `args` are the verb's own. */
export type CallRoom = (verb: Verb, room: Room, args: (string | number)[]) => Promise<Answer>;

const keyNames = ['meta', 'line', 'active', 'visits', 'ended', 'admissions', 'news'];

/** The room's keys in the order of lua/room.lua, all in one slot of a cluster. */
export function roomKeys(prefix: string, concertId: string): string[] {
  return keyNames.map((name) => `${prefix}:room:{${concertId}}:${name}`);
}

/** Most that one call does of each kind: promptness for visitors' calls, thoroughness for the tick. */
const work = { visitor: 16, tick: 512 };

export function createCallRoom(options: WaitingRoomOptions): CallRoom {
  const { redis, prefix, clock, pollsPerSecond = 1000, minPollSeconds = 2 } = options;
  const secret = options.drawSecret ?? options.secret;
  const scripts = options.scripts ?? loadScripts();
  return async (verb, { _id, opensAt, room }, args) => {
    const told = [
      clock.offsetMs,
      room.epoch,
      room.maxActive ?? -1,
      room.admitPerMinute ?? -1,
      room.sessionSeconds * 1000,
      Math.max(room.maxSessionSeconds, room.sessionSeconds) * 1000,
      room.graceSeconds * 1000,
      opensAt?.getTime() ?? 0,
      room.paused ? 1 : 0,
      room.draining ? 1 : 0,
      pollsPerSecond,
      minPollSeconds * 1000,
      verb === 'admit' ? work.tick : work.visitor,
      opensAt ? drawSeed(secret, _id, room.epoch) : '',
    ];
    return (await runScript(redis, scripts[verb], roomKeys(prefix, _id), [...told, ...args])) as Answer;
  };
}
