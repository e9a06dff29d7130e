import type { Context } from '../../shared/context';
import { native } from '../../shared/models';

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

/** The longest time, in ms, that any of the lanes with work stood still between two moments. */
export async function longestPauseMs({ models }: Context, from: Date, to: Date): Promise<number> {
  const lanes = await native(models, 'commands')
    .aggregate<{ _id: string; times: Date[] }>([
      { $match: { finishedAt: { $gte: from, $lte: to } } },
      { $group: { _id: '$lane', times: { $addToSet: '$finishedAt' } } },
    ])
    .toArray();
  const pauses = lanes.map(({ times }) => {
    const sorted = [from, ...times.sort((a, b) => a.getTime() - b.getTime())];
    return Math.max(...sorted.slice(1).map((time, i) => time.getTime() - (sorted[i] as Date).getTime()));
  });
  return Math.max(0, ...pauses);
}
