import fc from 'fast-check';
import { sections, users } from './hall';

/** What a client asks for. Numbers that pick something wrap around, so that every step means something. */
export type Asked =
  | { kind: 'points.charge' | 'points.use'; amount: number }
  | { kind: 'points.reverse'; amount: number; whole: boolean }
  | { kind: 'hold.place' | 'reservation.issue'; section: number; seats: number[]; stray: boolean }
  /** By the hold's owner, or by whoever asks (`anybody`); `charged`: with points charged right before. */
  | { kind: 'hold.release' | 'payment.pay'; hold: number; anybody: boolean; charged: boolean }
  /** `full`: somebody else holds what is free there right before. */
  | { kind: 'standby.join'; section: number; seats: number; maxPrice: number | null; full: boolean }
  /** By whoever waits there, or by whoever asks. */
  | { kind: 'standby.leave'; entry: number; anybody: boolean }
  /** `seats`: none for all; `stray`: with one of somewhere else; `stated`: what an operator gives back. */
  | {
      kind: 'reservation.cancel';
      hold: number;
      anybody: boolean;
      seats: number[];
      stray: boolean;
      stated: 'full' | 'none' | number | null;
    };

/** What befalls a group: nothing, a write conflict with another transaction, or the end of its process. */
export type Mishap = 'none' | 'conflict' | 'crash before commit' | 'crash after commit';

export interface Run {
  worker: number;
  /** Which of the worker's lanes, as bits; 0 is all of them. */
  lanes: number;
  size: number;
  mishap: Mishap;
}

export type Step =
  /** `skewMs`: how far the clock of this API process is off. */
  | { step: 'ask'; user: number; asked: Asked; skewMs: number }
  /** An earlier request again with its key; `changed`: with another body. */
  | { step: 'repeat'; request: number; changed: boolean }
  | { step: 'run'; runs: Run[] }
  /** A job arrives, in any order, perhaps again. */
  | { step: 'deliver'; job: number; size: number; again: boolean }
  /** A worker takes a lane; the owner before may not know (frozen), and go on. */
  | { step: 'take'; worker: number; lane: number; notified: boolean }
  /** An operator moves a date: `startsMs` and `untilMs` from now, null for what stays, or for until the start. */
  | { step: 'move'; performance: number; startsMs: number | null; untilMs: number | null }
  /** An operator calls a date off, for good. */
  | { step: 'call off'; performance: number }
  /** A worker gives back what is left of the dates that were called off, `holds` at most, and then dies or goes on. */
  | { step: 'give back'; holds: number }
  /** An operator blocks seats of a date, so many by each command; or frees a block. */
  | { step: 'block'; performance: number; seats: number[]; size: number }
  | { step: 'free'; block: number; size: number }
  /** A worker ends the places of people who wait for what has started or was called off. */
  | { step: 'close lines' }
  | { step: 'wait'; ms: number }
  /** The clock jumps to about the end of a hold. */
  | { step: 'jump'; hold: number; offsetMs: number };

export const workerCount = 2;

const pick = fc.nat({ max: 11 });
const seldom = fc.nat({ max: 9 }).map((n) => n === 9);
/** 0 is the newest hold: most requests are about what has just happened. */
const recent = fc.oneof(fc.constant(0), fc.constant(1), pick);
const charged = fc.integer({ min: 1, max: 500 });
const used = fc.integer({ min: 1, max: 200 });
const asked: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('points.charge' as const), amount: charged }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('points.use' as const), amount: used }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('points.reverse' as const), amount: charged, whole: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('hold.place' as const),
      section: fc.nat({ max: sections.length - 1 }),
      seats: fc.uniqueArray(fc.nat({ max: 2 }), { minLength: 1, maxLength: 3 }),
      stray: fc.nat({ max: 19 }).map((n) => n === 19),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('standby.join' as const),
      section: fc.nat({ max: sections.length - 1 }),
      seats: fc.constantFrom(1, 1, 2, 2, 3),
      maxPrice: fc.constantFrom(null, null, 0, 120, 150),
      full: fc.nat({ max: 2 }).map((n) => n === 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('standby.leave' as const), entry: pick, anybody: seldom }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('reservation.issue' as const),
      section: fc.nat({ max: sections.length - 1 }),
      seats: fc.uniqueArray(fc.nat({ max: 2 }), { minLength: 1, maxLength: 2 }),
      stray: fc.nat({ max: 9 }).map((n) => n === 9),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('hold.release' as const),
      hold: recent,
      anybody: seldom,
      charged: fc.constant(false),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('payment.pay' as const),
      hold: recent,
      anybody: seldom,
      charged: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('reservation.cancel' as const),
      hold: recent,
      anybody: seldom,
      seats: fc.oneof(fc.constant<number[]>([]), fc.uniqueArray(fc.nat({ max: 2 }), { minLength: 1, maxLength: 2 })),
      stray: seldom,
      stated: fc.oneof(
        { weight: 3, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constantFrom<('full' | 'none' | number)[]>('full', 'none', 30, 130, 400) },
      ),
    }),
  },
);

const size = fc.constantFrom(1, 1, 2, 3, 5, 100, 100);
const mishap = fc.constantFrom<Mishap>(
  ...(['none', 'none', 'none', 'none', 'none', 'none', 'none'] as const),
  ...(['conflict', 'crash before commit', 'crash after commit'] as const),
);
const run: fc.Arbitrary<Run> = fc.record({
  worker: fc.nat({ max: workerCount - 1 }),
  lanes: fc.oneof(fc.constant(0), fc.nat({ max: 15 })),
  size,
  mishap,
});
const skewMs = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -200, max: 400 }) },
);
const of = <S extends Step['step']>(name: S) => fc.constant(name);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 13, arbitrary: fc.record({ step: of('ask'), user: fc.nat({ max: users.length - 1 }), asked, skewMs }) },
  {
    weight: 2,
    arbitrary: fc.record({ step: of('repeat'), request: pick, changed: fc.nat({ max: 3 }).map((n) => n === 0) }),
  },
  { weight: 6, arbitrary: fc.record({ step: of('run'), runs: fc.array(run, { minLength: 1, maxLength: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ step: of('deliver'), job: pick, size, again: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      step: of('take'),
      worker: fc.nat({ max: workerCount - 1 }),
      lane: fc.nat({ max: 3 }),
      notified: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      step: of('move'),
      performance: fc.nat({ max: 1 }),
      startsMs: fc.constantFrom(null, 1000, 20_000, 3_600_000, 3_600_000),
      untilMs: fc.constantFrom(null, -1000, 10_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      step: of('call off'),
      performance: fc.nat({ max: 5 }).map((n) => (n === 0 ? 0 : n < 3 ? 1 : 2)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ step: of('give back'), holds: fc.constantFrom(1, 2, 10) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      step: of('block'),
      performance: fc.nat({ max: 1 }),
      seats: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 5 }),
      size: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ step: of('free'), block: recent, size: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ step: of('close lines') }) },
  { weight: 2, arbitrary: fc.record({ step: of('wait'), ms: fc.constantFrom(0, 1, 20, 200, 1000, -100) }) },
  {
    weight: 3,
    arbitrary: fc.record({ step: of('jump'), hold: pick, offsetMs: fc.constantFrom(-250, -1, 0, 1, 199, 5000) }),
  },
);

/** @param longest most steps of a sequence; every length up to it is about as likely */
export function sequences(longest: number): fc.Arbitrary<Step[]> {
  return fc.array(step, { minLength: 1, maxLength: longest, size: 'max' });
}
