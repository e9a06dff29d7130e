import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Room } from '../concerts/concert.model';
import type { Clock } from '../platform/clock';
import { projectRoot } from '../platform/project-root';
import { encodeSettings, luaHeader, parseReply } from './codec';
import { drawSeed } from './draw';
import { type AnswerOf, type Argument, keySuffixes, type RoomKeys, type ScriptKind } from './protocol';

/** Each script is a header and these files of lua/, one after the other. */
const scriptFiles = {
  join: { kind: 'visitor', files: ['room', 'advance', 'enter', 'join', 'serve'] },
  poll: { kind: 'visitor', files: ['room', 'advance', 'enter', 'poll', 'serve'] },
  watch: { kind: 'visitor', files: ['room', 'advance', 'enter', 'watch', 'serve'] },
  gate: { kind: 'visitor', files: ['room', 'advance', 'enter', 'gate', 'serve'] },
  look: { kind: 'visitor', files: ['room', 'advance', 'look', 'serve'] },
  leave: { kind: 'visitor', files: ['room', 'advance', 'leave', 'serve'] },
  finish: { kind: 'visitor', files: ['room', 'advance', 'finish', 'serve'] },
  admit: { kind: 'tick', files: ['room', 'advance', 'admit'] },
  adopt: { kind: 'adoption', files: ['room', 'adopt'] },
  numbers: { kind: 'numbers', files: ['room', 'advance', 'numbers'] },
} as const satisfies Record<string, { kind: ScriptKind; files: string[] }>;

type ScriptName = keyof typeof scriptFiles;
type KindOf<S extends ScriptName> = (typeof scriptFiles)[S]['kind'];
/** Scripts that serve visitors. */
export type VisitorScript = { [S in ScriptName]: KindOf<S> extends 'visitor' ? S : never }[ScriptName];
export type Scripts = Record<ScriptName, { source: string; sha: string }>;

/** Reads the scripts. @param edit what tests change in a file, named without its ending, to show that they notice */
export function loadScripts(edit: (source: string, file: string) => string = (source) => source): Scripts {
  const read = (file: string) =>
    edit(readFileSync(join(projectRoot, 'shared/waiting-room/lua', `${file}.lua`), 'utf8'), file);
  const scripts = Object.entries(scriptFiles).map(([name, { kind, files }]) => {
    const source = [luaHeader(kind), ...files.map(read)].join('\n');
    return [name, { source, sha: createHash('sha1').update(source).digest('hex') }];
  });
  return Object.fromEntries(scripts) as Scripts;
}

export interface WaitingRoomOptions {
  /** A connection that fails fast, to one Redis or to a cluster. */
  redis: Pick<
    Redis,
    'evalsha' | 'eval' | 'xrange' | 'xdel' | 'xlen' | 'exists' | 'zadd' | 'zrange' | 'zremrangebyscore'
  >;
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
  /** Most polls per second that the visitors of one waiting room are asked for, however many they are. */
  pollsPerSecond?: number;
  /** Shortest time between two polls of a waiting visitor. */
  minPollSeconds?: number;
  /** In [0, 1), for jitter. */
  random?: () => number;
  /** Other than the product's own only to show that tests notice. */
  scripts?: Scripts;
}

/** Runs a script on a waiting room: one round trip. @param requests what follows the settings, encoded */
export type RunScript = <S extends ScriptName>(
  script: S,
  room: Room,
  requests: Argument[],
) => Promise<AnswerOf<KindOf<S>>[]>;

/** The waiting room's keys, all in one slot of a cluster. */
export function roomKeys(prefix: string, concertId: string): RoomKeys {
  const keys = Object.entries(keySuffixes).map(([name, suffix]) => [name, `${prefix}:room:{${concertId}}:${suffix}`]);
  return Object.fromEntries(keys);
}

/** Bounds of the work of one call: promptness for visitors, thoroughness for the tick. */
const workLimits = { visitor: 16, tick: 512, adoption: 16, numbers: 16 };

export function createRunScript(options: WaitingRoomOptions): RunScript {
  const { redis, prefix, clock, pollsPerSecond = 1000, minPollSeconds = 2, secret, drawSecret = secret } = options;
  const scripts = options.scripts ?? loadScripts();
  return async (script, { _id, opensAt, room }, requests) => {
    const kind: KindOf<typeof script> = scriptFiles[script].kind;
    const settings = encodeSettings({
      clockOffsetMs: clock.offsetMs,
      epoch: room.epoch,
      maxActive: room.maxActive ?? -1,
      admitPerMinute: room.admitPerMinute ?? -1,
      sessionMs: room.sessionSeconds * 1000,
      maxSessionMs: Math.max(room.maxSessionSeconds, room.sessionSeconds) * 1000,
      graceMs: room.graceSeconds * 1000,
      opensAt: opensAt?.getTime() ?? 0,
      paused: room.paused,
      draining: room.draining,
      pollsPerSecond,
      minPollMs: minPollSeconds * 1000,
      workLimit: workLimits[kind],
      drawSeed: opensAt ? drawSeed(drawSecret, _id, room.epoch) : '',
    });
    const keys = Object.values(roomKeys(prefix, _id));
    const reply = await evaluate(redis, scripts[script], keys, [...settings, ...requests]);
    return parseReply<KindOf<typeof script>>(kind, reply);
  };
}

/** Runs a script by its hash; sends its text only to a Redis that has not seen it yet. */
async function evaluate(
  redis: Pick<Redis, 'evalsha' | 'eval'>,
  { source, sha }: Scripts[ScriptName],
  keys: string[],
  args: Argument[],
): Promise<unknown> {
  try {
    return await redis.evalsha(sha, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return redis.eval(source, keys.length, ...keys, ...args);
  }
}
