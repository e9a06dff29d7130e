import { makeQueueToken, visitorIdOf } from '../../../shared/waiting-room/queue-token';
import type { Room } from '../../../shared/waiting-room/waiting-room';
import { type Lab, secret } from '../lab';

/** What really stands in Redis, by user. */
export interface Snapshot {
  /** In order. */
  line: string[];
  /** When the next poll is due, ms, and whether one before that is still allowed. */
  due: Map<string, { at: number; free: boolean }>;
  /** Since when, and until when unless extended, ms. */
  active: Map<string, { since: number; until: number }>;
  /** Letters of ended places: C completed, X session over, S silent, L left. */
  ended: Map<string, string>;
  /** All that the room ever counted as let in. */
  admitted: number;
}

export const nothing: Snapshot = { line: [], due: new Map(), active: new Map(), ended: new Map(), admitted: 0 };

/** The names that Redis knows users by, and back. */
export function placesOf(room: Room, users: readonly string[]): Map<string, string> {
  const scope = { concertId: room._id, epoch: room.room.epoch };
  return new Map(users.map((user) => [visitorIdOf(makeQueueToken(secret, scope, user)), user]));
}

export async function observe(lab: Lab, room: Room, users: Map<string, string>): Promise<Snapshot> {
  const { meta, line, active, visitors } = lab.keys(room._id);
  const replies = await lab.redis
    .pipeline()
    .zrange(line, '0', '-1')
    .zrange(active, '0', '-1', 'WITHSCORES')
    .hgetall(visitors)
    .hget(meta, 'admitted')
    .exec();
  const [inLine, untils, records, admitted] = (replies ?? []).map(([, reply]) => reply) as [
    string[],
    string[],
    Record<string, string>,
    string | null,
  ];
  const name = (place: string) => users.get(place) ?? `stranger ${place}`;
  const snapshot: Snapshot = {
    line: inLine.map(name),
    due: new Map(),
    active: new Map(),
    ended: new Map(),
    admitted: Number(admitted),
  };
  const untilOf = new Map(pairs(untils));
  for (const [place, record] of Object.entries(records)) {
    const [letter = '', a, free] = record.split(':');
    if (letter === 'W') snapshot.due.set(name(place), { at: Number(a), free: free === '1' });
    else if (letter === 'A') snapshot.active.set(name(place), { since: Number(a), until: Number(untilOf.get(place)) });
    else snapshot.ended.set(name(place), letter);
    const listed = untilOf.delete(place) || inLine.includes(place);
    if (listed !== /[WA]/.test(letter))
      throw new Error(`${name(place)} is ${letter} but ${listed ? '' : 'not '}listed`);
  }
  if (untilOf.size > 0) throw new Error('active without a record');
  return snapshot;
}

function pairs(flat: string[]): [string, string][] {
  return flat.flatMap((member, i) => (i % 2 === 0 ? [[member, flat[i + 1] ?? ''] as [string, string]] : []));
}
