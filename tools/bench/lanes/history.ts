import type { Context } from '../../../shared/context';
import { native } from '../../../shared/models';

export interface History {
  finished: number;
  /** Places in a lane's history that two commands claim: two owners at once. */
  overlaps: number;
  /** Commands of one user that took effect in another order than they were accepted in. */
  inversions: number;
}

/** Reads the history of effects: every finished command has its place in its lane's history. */
export async function readHistory({ models }: Context): Promise<History> {
  const cursor = native(models, 'commands')
    .find({ status: 'done' })
    .project<{ _id: string; lane: string; userId: string; position: number; epoch: number }>({
      lane: 1,
      userId: 1,
      position: 1,
      epoch: 1,
    })
    .sort({ lane: 1, position: 1 })
    .allowDiskUse();
  const history: History = { finished: 0, overlaps: 0, inversions: 0 };
  const lastOf = new Map<string, string>();
  let before = { lane: '', position: -1, epoch: 0 };
  for await (const command of cursor) {
    const sameLane = command.lane === before.lane;
    if (sameLane && (command.position === before.position || command.epoch < before.epoch)) history.overlaps += 1;
    const user = `${command.lane} ${command.userId}`;
    if ((lastOf.get(user) ?? '') > command._id) history.inversions += 1;
    lastOf.set(user, command._id);
    before = command;
    history.finished += 1;
  }
  return history;
}

/** How long lanes with work stood still, ms: the longest of those that changed hands (null: none did), and of all. */
export interface Pauses {
  handOver: number | null;
  any: number;
}

/** @param from effects before it don't count, but as the beginning of a pause */
export async function longestPauses({ models }: Context, from: Date, to: Date): Promise<Pauses> {
  const before = new Date(from.getTime() - 2000);
  const groups = await native(models, 'commands')
    .aggregate<{ lane: string; at: Date; epoch: number }>([
      { $match: { finishedAt: { $gte: before, $lte: to } } },
      { $group: { _id: { lane: '$lane', at: '$finishedAt', epoch: '$epoch' } } },
      { $replaceRoot: { newRoot: '$_id' } },
      { $sort: { lane: 1, at: 1 } },
    ])
    .toArray();
  const pauses = groups.slice(1).flatMap((group, i) => {
    const last = groups[i];
    if (last?.lane !== group.lane || group.at < from) return [];
    return { ms: group.at.getTime() - last.at.getTime(), handOver: last.epoch !== group.epoch };
  });
  const longest = (of: typeof pauses) => Math.max(0, ...of.map(({ ms }) => ms));
  const handOvers = pauses.filter(({ handOver }) => handOver);
  return { handOver: handOvers.length > 0 ? longest(handOvers) : null, any: longest(pauses) };
}
