import type { CommandRecord } from '../load/history';
import type { Place } from './check-history';

interface Placed {
  record: CommandRecord;
  position: number;
}

/**
 * Order within each lane, which is more than order for each wallet and each seat:
 * - commands that one run of one API accepted take effect in the order of their ids;
 * - a command sent after another one's outcome was seen takes effect after it, whichever API took either.
 */
export function checkOrder(records: readonly CommandRecord[], places: ReadonlyMap<string, Place>) {
  const byAcceptor = new Map<string, Placed[]>();
  const byLane = new Map<string, Placed[]>();
  for (const record of records) {
    const place = record.jobId === null ? undefined : places.get(record.jobId);
    if (!place) continue;
    const placed = { record, position: place.position };
    add(byLane, place.lane, placed);
    if (record.acceptedBy) add(byAcceptor, `${record.acceptedBy} ${place.lane}`, placed);
  }
  const broken: string[] = [];
  let compared = 0;
  for (const [who, group] of byAcceptor) {
    group.sort((a, b) => ((a.record.jobId ?? '') < (b.record.jobId ?? '') ? -1 : 1));
    broken.push(...inversions(group).map((pair) => `accepted by ${who} one before the other: ${pair}`));
    compared += Math.max(0, group.length - 1);
  }
  for (const [lane, group] of byLane) {
    broken.push(...afterTheFact(group).map((pair) => `${lane}, one seen before the other was sent: ${pair}`));
  }
  return { broken, compared };
}

function inversions(group: readonly Placed[]): string[] {
  return group.flatMap((placed, index) => {
    const before = group[index - 1];
    return before && before.position >= placed.position ? [describe(before, placed)] : [];
  });
}

/** Walks through time: whatever was seen by the moment that a command was sent must lie before it. */
function afterTheFact(group: readonly Placed[]): string[] {
  const sent = [...group].sort((a, b) => a.record.firstSentAt - b.record.firstSentAt);
  const seen = group
    .filter(({ record }) => record.outcomeAt !== null)
    .sort((a, b) => (a.record.outcomeAt ?? 0) - (b.record.outcomeAt ?? 0));
  const broken: string[] = [];
  let last: Placed | null = null;
  let next = 0;
  for (const placed of sent) {
    for (; (seen[next]?.record.outcomeAt ?? Infinity) < placed.record.firstSentAt; next += 1) {
      const candidate = seen[next];
      if (candidate && candidate.position > (last?.position ?? -1)) last = candidate;
    }
    if (last && last.position >= placed.position) broken.push(describe(last, placed));
  }
  return broken;
}

function describe(before: Placed, after: Placed): string {
  return `${before.record.jobId} at ${before.position}, ${after.record.jobId} at ${after.position}`;
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
