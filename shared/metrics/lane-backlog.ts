import { allLanes } from '../commands/lane-of';
import type { Context } from '../context';
import { native } from '../models';

/** One lane as the metrics show it. */
export interface LaneBacklog {
  lane: string;
  /** Whether some worker can commit for it now: it has a lease, and has raised the fence to its epoch. */
  owned: boolean;
  /** Commands that are due and not finished; `maxCounted` stands for that many or more. */
  unfinished: number;
  /** Of the oldest of them; 0 without any. */
  oldestSeconds: number;
}

/** A bound on what a scrape costs under the longest backlog: index entries per lane. */
export const maxCounted = 2000;

const hasLease = { $gt: ['$leaseUntil', '$$NOW'] };
const hasFence = { $eq: [{ $first: '$fence.epoch' }, '$epoch'] };

/** All lanes in one query, each by the index that its owner reads by. */
export async function readLaneBacklogs({ models, clock, config }: Context): Promise<LaneBacklog[]> {
  const now = clock.now();
  const due = [
    { $match: { status: 'accepted', dueAt: { $lte: new Date(now) } } },
    { $sort: { dueAt: 1, _id: 1 } },
    { $limit: maxCounted },
    { $group: { _id: null, count: { $sum: 1 }, oldest: { $min: '$dueAt' } } },
  ];
  const lanes = await native(models, 'lanes')
    .aggregate<{ _id: string; owned: boolean; due?: { count: number; oldest: Date } }>(
      [
        { $lookup: { from: 'commands', localField: '_id', foreignField: 'lane', pipeline: due, as: 'due' } },
        { $lookup: { from: 'fences', localField: '_id', foreignField: '_id', as: 'fence' } },
        { $project: { owned: { $and: [hasLease, hasFence] }, due: { $first: '$due' } } },
      ],
      { maxTimeMS: 2000, readPreference: 'secondaryPreferred' },
    )
    .toArray();
  const configured = new Set(allLanes(config));
  const seen = lanes
    // Of more lanes than there are now, those count in which something waits.
    .filter(({ _id, due: backlog }) => configured.delete(_id) || backlog)
    .map(({ _id, owned, due: backlog }) => ({
      lane: _id,
      owned,
      unfinished: backlog?.count ?? 0,
      oldestSeconds: backlog ? Math.max(0, now - backlog.oldest.getTime()) / 1000 : 0,
    }));
  // No worker has ever seen these.
  const unseen = Array.from(configured, (lane) => ({ lane, owned: false, unfinished: 0, oldestSeconds: 0 }));
  return [...seen, ...unseen];
}
