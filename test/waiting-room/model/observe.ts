import { makeQueueToken, placeOf } from '../../../shared/waiting-room/queue-token';
import type { Room } from '../../../shared/waiting-room/waiting-room';
import { type Lab, secret } from '../lab';

/** What really stands in Redis, by user. */
export interface Snapshot {
  /** In order. */
  line: string[];
  due: Map<string, number>;
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
  return new Map(users.map((user) => [placeOf(makeQueueToken(secret, scope, user)), user]));
}

export async function observe(lab: Lab, room: Room, users: Map<string, string>): Promise<Snapshot> {
  const [meta = '', line = '', due = '', active = '', visits = ''] = lab.keys(room._id);
  const replies = await lab.redis
    .pipeline()
    .zrange(line, '0', '-1')
    .zrange(due, '0', '-1', 'WITHSCORES')
    .zrange(active, '0', '-1', 'WITHSCORES')
    .hgetall(visits)
    .hget(meta, 'admitted')
    .exec();
  const [inLine, dueAt, untils, records, admitted] = (replies ?? []).map(([, reply]) => reply) as [
    string[],
    string[],
    string[],
    Record<string, string>,
    string | null,
  ];
  const name = (place: string) => users.get(place) ?? `stranger ${place}`;
  const snapshot: Snapshot = {
    line: inLine.map(name),
    due: new Map(pairs(dueAt).map(([place, score]) => [name(place), Number(score)])),
    active: new Map(),
    ended: new Map(),
    admitted: Number(admitted),
  };
  const since = new Map<string, number>();
  for (const [place, record] of Object.entries(records)) {
    const [letter = '', at] = record.split(':');
    since.set(place, Number(at));
    if (/[CXSL]/.test(letter)) snapshot.ended.set(name(place), letter);
  }
  for (const [place, until] of pairs(untils))
    snapshot.active.set(name(place), { since: since.get(place) ?? Number.NaN, until: Number(until) });
  return snapshot;
}

function pairs(flat: string[]): [string, string][] {
  return flat.flatMap((member, i) => (i % 2 === 0 ? [[member, flat[i + 1] ?? ''] as [string, string]] : []));
}
