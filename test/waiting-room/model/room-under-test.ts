import type { Room, WaitingRoom } from '../../../shared/waiting-room/waiting-room';
import type { Lab } from '../lab';
import { compare } from './compare';
import { checkPromises, type History } from './invariants';
import { nothing, observe, type Snapshot } from './observe';
import type { Reference } from './reference';

/** The real room of one sequence, seen through two processes. */
export interface RoomUnderTest {
  lab: Lab;
  room: Room;
  one: WaitingRoom;
  other: WaitingRoom;
  /** User names by place, and tokens by user name. */
  users: Map<string, string>;
  tokens: Map<string, string>;
  last: Snapshot;
  history: History;
  /** What the last answer was, if not what it should have been. */
  wrongAnswer?: Error;
  /** Leaves the comparison with the reference out: a fault must show in a broken promise. */
  promisesOnly: boolean;
}

/** Hands the reference's settings and time to the real room. */
export function settle(reference: Reference, real: RoomUnderTest): void {
  const { maxActive, admitPerMinute, paused, draining } = reference.settings;
  Object.assign(real.room.room, { maxActive, admitPerMinute, paused, draining });
  real.lab.clock.offsetMs = reference.now;
}

/** After each command: the promises first, then every detail. @param ticked whether the tick has run since time passed */
export async function inspect(reference: Reference, real: RoomUnderTest, ticked = false): Promise<void> {
  const seen = await observe(real.lab, real.room, real.users);
  const { now, opened, settings } = reference;
  checkPromises(real.last, seen, real.history, {
    now,
    maxActive: settings.maxActive,
    admitPerMinute: settings.admitPerMinute,
    open: opened,
    ticked,
  });
  real.last = seen;
  if (real.promisesOnly) return;
  if (real.wrongAnswer) throw real.wrongAnswer;
  compare(reference, seen);
}

/** Redis has lost all: what was before can't be compared with what comes, and the rate starts anew. */
export function forgetPast(real: RoomUnderTest): void {
  real.last = nothing;
  real.history.length = 0;
}
