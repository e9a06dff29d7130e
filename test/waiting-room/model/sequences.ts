import fc from 'fast-check';
import * as commands from './commands';
import type { Settings } from './reference';

export const users = ['ann', 'bob', 'cho', 'dee', 'eve', 'fay'];
/** A whole minute, so that windows cut at the clock's minutes show. */
export const start = 1_800_000_000_000;

const user = fc.constantFrom(...users);
const limit = (...values: (number | null)[]) => fc.constantFrom(...values);

/** Joining and time passing are what makes a line, so they come up more often. */
export const anyCommand = fc.oneof(
  { weight: 8, arbitrary: user.map(commands.join) },
  { weight: 1, arbitrary: user.map(commands.joinTwice) },
  { weight: 3, arbitrary: user.map(commands.poll) },
  { weight: 2, arbitrary: user.map(commands.gate) },
  { weight: 2, arbitrary: user.map(commands.leave) },
  { weight: 2, arbitrary: fc.tuple(user, fc.constantFrom('p1', 'p2')).map(([who, pay]) => commands.finish(who, pay)) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom(1, 2, 14, 33, 61), fc.boolean())
      .map(([s, ticking]) => commands.elapse(s, ticking)),
  },
  { weight: 4, arbitrary: fc.constant(null).map(commands.admitTwice) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(limit(null, 0, 1, 2, 3), limit(null, 0, 1, 2, 3, 15))
      .map(([cap, rate]) => commands.setLimits(cap, rate)),
  },
  { weight: 1, arbitrary: fc.boolean().map((paused) => commands.operate({ paused })) },
  { weight: 1, arbitrary: fc.boolean().map((draining) => commands.operate({ draining })) },
  { weight: 1, arbitrary: fc.constant(null).map(commands.loseRedis) },
);

/** How the room is set at first. */
export const anySettings = fc.record<Omit<Settings, 'seed'>>({
  maxActive: limit(null, 1, 1, 2, 3),
  admitPerMinute: limit(null, null, 1, 2, 3, 15),
  sessionMs: fc.constant(60_000),
  maxSessionMs: fc.constant(150_000),
  graceMs: fc.constant(30_000),
  pollMs: fc.constant(2000),
  opensAt: fc.constantFrom(0, 0, 0, start + 20_000),
  paused: fc.constant(false),
  draining: fc.constant(false),
});
