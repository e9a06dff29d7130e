import type { QueueTokenState, Room } from '../../../shared/waiting-room/waiting-room';
import { percentile } from '../../percentile';
import { type BenchRoom, closedConcert } from './bench-room';

/** A line that is simulated second by second on the room's steered clock. */
export interface Line {
  name: string;
  maxActive: number | null;
  admitPerMinute: number | null;
  /** Mean of the exponentially distributed time of a visit. */
  visitSeconds: number;
  /** Share of those in line who go silent at some time. */
  givesUp: number;
}

interface EtaError {
  estimates: number;
  /** Half of the estimates were off by no more than this share of the real wait. */
  medianError: number;
  /** Share of real waits that lay between the bounds. */
  withinBounds: number;
}

interface Estimate {
  user: string;
  at: number;
  state: QueueTokenState;
}

const waiters = 600;
const askSeconds = 10;

/** How far the estimates were from the waits that came, over everybody who was let in. */
export async function measureEta(bench: BenchRoom, line: Line): Promise<EtaError> {
  const { maxActive, admitPerMinute } = line;
  const concert = closedConcert(`eta ${line.name}`);
  Object.assign(concert.room, { maxActive, admitPerMinute, graceSeconds: 2 * askSeconds });
  const ends = new Map<string, number>();
  const quits = new Map<string, number>();
  const estimates: Estimate[] = [];
  const letInAt = new Map<string, number>();
  const users = Array.from({ length: waiters }, (_, i) => `user_${i}`);
  for (const user of users) {
    await bench.room.join(concert, user);
    if (Math.random() < line.givesUp) quits.set(user, Math.random() * 600);
  }
  let waiting = users;
  for (let second = 0; waiting.length > 0; second++) {
    bench.clock.offsetMs += 1000;
    for (const [user, end] of ends)
      if (end <= second) {
        ends.delete(user);
        await bench.room.leave(concert, user);
      }
    await bench.room.admit(concert);
    if (second % askSeconds > 0) continue;
    waiting = waiting.filter((user) => (quits.get(user) ?? Number.POSITIVE_INFINITY) > second);
    const states = await look(bench, concert, waiting);
    for (const [i, state] of states.entries()) {
      const user = waiting[i] ?? '';
      if (state.status === 'waiting') estimates.push({ user, at: second, state });
      else letInAt.set(user, second);
      if (state.status === 'active') ends.set(user, second - Math.log(Math.random()) * line.visitSeconds);
    }
    waiting = waiting.filter((user) => !letInAt.has(user));
  }
  return compare(estimates, letInAt);
}

async function look({ room }: BenchRoom, concert: Room, users: string[]): Promise<QueueTokenState[]> {
  const states: QueueTokenState[] = [];
  for (let from = 0; from < users.length; from += 100)
    states.push(...(await room.watch(concert, users.slice(from, from + 100))));
  return states;
}

/** Waits are known to `askSeconds`. */
function compare(estimates: Estimate[], letInAt: Map<string, number>): EtaError {
  const errors: number[] = [];
  let within = 0;
  for (const { user, at, state } of estimates) {
    const wait = (letInAt.get(user) ?? Number.NaN) - at;
    const { known, lowSeconds, highSeconds } = state.eta;
    if (!known || Number.isNaN(wait)) continue;
    errors.push(Math.abs((state.etaSeconds ?? 0) - wait) / wait);
    if (wait >= (lowSeconds ?? 0) && wait - askSeconds <= (highSeconds ?? 0)) within++;
  }
  const medianError = percentile(errors, 0.5);
  return { estimates: errors.length, medianError, withinBounds: within / errors.length };
}
