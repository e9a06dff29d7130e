import { knowsKind } from '../../shared/lanes/knows-kind';
import type { Ownership } from './lease';

/** Lanes that some workers share evenly. */
interface ShareGroup {
  lanes: string[];
  workers: string[];
}

/**
 * Most lanes are for every worker. During an upgrade, lanes where commands wait that a worker does not know are shared by
 * those that know them, beside their share of the others.
 */
export function shareGroups(lanes: readonly string[], { workers, needsOf }: Omit<Ownership, 'ownerOf'>): ShareGroup[] {
  const needOf = (lane: string) => {
    const kind = needsOf.get(lane);
    return kind === undefined || workers.every((worker) => knowsKind(worker, kind)) ? '' : kind;
  };
  const needs = new Set(['', ...lanes.map(needOf)]);
  return Array.from(needs, (need) => ({
    lanes: lanes.filter((lane) => needOf(lane) === need),
    workers: workers.filter((worker) => need === '' || knowsKind(worker, need)).map(({ _id }) => _id),
  }));
}

/**
 * How many of `lanes` lanes a worker should own: as equal as whole numbers allow. The ones left over go to the first
 * workers in order; `offset` lets each kind of queue start with another worker.
 */
export function fairShare(workers: readonly string[], worker: string, lanes: number, offset = 0): number {
  const count = workers.length;
  const rank = workers.indexOf(worker);
  if (rank < 0) return 0;
  const turn = (rank + count - (offset % count)) % count;
  return Math.floor(lanes / count) + (turn < lanes % count ? 1 : 0);
}
