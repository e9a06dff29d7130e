import { z } from 'zod';

/*
 * The one description of what the scripts in lua/ and their callers send each other. `codec.ts` encodes arguments, parses
 * replies and writes the scripts' header by it, so nothing else knows a position.
 */

/**
 * Keys of a waiting room, in the order of KEYS: the name that scripts use, and the last part of the key. The latter never
 * changes, since processes of two versions share the keys during a deploy. lua/room.lua says what each key holds.
 */
export const keySuffixes = {
  ...{ meta: 'meta', line: 'line', active: 'active', visitors: 'visits', ended: 'ended' },
  ...{ admissions: 'admissions', recent: 'recent', pending: 'news' },
} as const;
export type RoomKeys = Record<keyof typeof keySuffixes, string>;

/** As Redis takes it. */
export type Argument = string | number;
export type ArgumentKind = 'text' | 'number' | 'flag';
export type Arguments = Record<string, ArgumentKind>;
type Value = { text: string; number: number; flag: boolean };
export type Values<A extends Arguments> = { [K in keyof A]: Value[A[K]] };

/** What every script gets first. */
export const settingArguments = {
  /** ms that are added to Redis' clock. */
  clockOffsetMs: 'number',
  epoch: 'number',
  /** -1: no limit; the same for the next one. */
  maxActive: 'number',
  admitPerMinute: 'number',
  sessionMs: 'number',
  maxSessionMs: 'number',
  graceMs: 'number',
  /** ms since 1970; 0: the line is open. */
  opensAt: 'number',
  paused: 'flag',
  /** Nobody new joins. */
  draining: 'flag',
  pollsPerSecond: 'number',
  minPollMs: 'number',
  /** Bound of the work of each kind that one call does. */
  workLimit: 'number',
  /** Seed of the opening draw in hex; empty without one. */
  drawSeed: 'text',
} as const satisfies Arguments;

/** What comes after the settings: one request for each visitor, one for the tick or the adoption, none for the numbers. */
export const requestArguments = {
  visitor: {
    /** See `visitorIdOf`. */
    visitorId: 'text',
    userId: 'text',
    /** In [0, 1): spreads polls. */
    jitter: 'number',
    /** Whether the visitor has shown a valid token. */
    hasToken: 'flag',
    /** Of `finish`; else empty. */
    paymentId: 'text',
  },
  tick: {
    /** Id of the worker; empty: any may run the tick. */
    worker: 'text',
    leaseMs: 'number',
  },
  adoption: {
    visitorId: 'text',
    /** Of the same visitor, by the previous secret. */
    previousId: 'text',
  },
  numbers: {},
} as const satisfies Record<string, Arguments>;

export type ScriptKind = keyof typeof requestArguments;
export type Settings = Values<typeof settingArguments>;
export type VisitorRequest = Values<(typeof requestArguments)['visitor']>;
export type TickRequest = Values<(typeof requestArguments)['tick']>;
export type AdoptionRequest = Values<(typeof requestArguments)['adoption']>;
/** Times are ms since 1970. */
const time = z.int();
const count = z.int().min(0);
const flag = z.literal([0, 1]).transform((value) => value === 1);
/** A field of a hash: text, or null when it was never set. */
const stored = z.coerce.number();

const waiting = {
  ...{ now: time, nextPollAt: time, drawNumber: count },
  /** 0 is next. */
  rank: count,
  /** The measured rate: decayed counts of who was admitted and who gave up, as of when, and since when. */
  ...{ admitted: stored, gaveUp: stored, measuredAt: stored, measuredSince: stored },
};
const ended = { drawNumber: count };
const outdated = {};
/** Answers by their first element, the outcome, and the fields that follow it. */
export const answerFields = {
  visitor: {
    waiting,
    active: { now: time, nextPollAt: time, drawNumber: count, activeUntil: time, activeUntilAtMost: time },
    completed: ended,
    'session-over': ended,
    silent: ended,
    left: ended,
    'not-in-line': {},
    'too-early': waiting,
    closed: {},
    outdated,
  },
  tick: {
    ticked: {
      ...{ leader: flag, more: flag, waiting: count, active: count },
      /** Records of visitors who have gone, which are kept for a while. */
      ended: count,
      /** Calls whose admissions are not stored in MongoDB yet. */
      pending: count,
      /** Ids of visitors. */
      admitted: z.array(z.string()),
    },
    outdated,
  },
  adoption: { adopted: {}, 'nothing-to-adopt': {}, outdated },
  numbers: {
    numbers: {
      ...{ now: time, waiting: count, active: count, admittedLastMinute: count },
      ...{ joined: stored, admitted: stored, dropped: stored, expired: stored, completed: stored, left: stored },
      /** Over all who were admitted, ms. */
      waitMs: stored,
      /** Numbers that the opening draw has given. */
      drawn: stored,
    },
    outdated,
  },
} as const satisfies Record<ScriptKind, Record<string, z.ZodRawShape>>;

type AnswersOf<T extends Record<string, z.ZodRawShape>> = {
  [O in keyof T]: { outcome: O } & { [F in keyof T[O]]: z.output<T[O][F]> };
}[keyof T];
export type AnswerOf<K extends ScriptKind> = AnswersOf<(typeof answerFields)[K]>;
export type VisitorAnswer = AnswerOf<'visitor'>;

/** The field of an entry of the stream `pending` that has its time, ms. Every other field is a visitor's id, its value the user's. */
export const admittedAtField = 'at';

/** Who was admitted by one call, as Redis keeps it until it is stored. */
export interface PendingAdmission {
  /** Increases within a waiting room. */
  id: string;
  at: Date;
  /** In the order of admission. */
  admitted: { visitorId: string; userId: string }[];
}
