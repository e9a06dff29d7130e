import type { Context } from '../context';
import { native } from '../models';

/** One lane as the metrics show it. */
export interface LaneBacklog {
  lane: string;
  /** Whether some worker has a lease on it now. */
  owned: boolean;
  /** Commands that are due and not finished; `maxCounted` stands for that many or more. */
  unfinished: number;
  /** Of the oldest of them; 0 without any. */
  oldestSeconds: number;
}

/** A bound on what a scrape costs under the longest backlog: index entries per lane. */
export const maxCounted = 2000;

/** All lanes in one query, each by the index that its owner reads by. */
export async function readLaneBacklogs({ models, clock }: Context): Promise<LaneBacklog[]> {
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
        { $project: { owned: { $gt: ['$leaseUntil', '$$NOW'] }, due: { $first: '$due' } } },
      ],
      { maxTimeMS: 2000, readPreference: 'secondaryPreferred' },
    )
    .toArray();
  return lanes.map(({ _id, owned, due: backlog }) => ({
    lane: _id,
    owned,
    unfinished: backlog?.count ?? 0,
    oldestSeconds: backlog ? Math.max(0, now - backlog.oldest.getTime()) / 1000 : 0,
  }));
}
