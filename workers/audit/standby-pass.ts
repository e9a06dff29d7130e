import type { SeenStandby } from './documents';
import type { Findings, Report } from './findings';
import type { Rules } from './invariants';
import type { AuditReader } from './reader';

/** Times of offers are of two clocks, when one of them was made from another lane. */
const clocksMs = 1000;

/** Standby lines beside the seats that are free and the holds that were offered: I16, I17, and of called-off dates I15. */
export async function standbyPass(reader: AuditReader, findings: Findings, { holdsBefore }: Rules): Promise<void> {
  const [i15, i16, i17] = [findings.reporter('I15'), findings.reporter('I16'), findings.reporter('I17')];
  const calledOff = new Map((await reader.callOffs()).map(({ _id, finishedAt }) => [_id, finishedAt]));
  const free = new Map<string, number[]>();
  for await (const seats of reader.freeBesideLines())
    for (const { line, price } of seats) free.set(line, [...(free.get(line) ?? []), price]);
  const counts = new Map<string, { joined: number; waiting: number }>();
  for await (const lines of reader.standbyLines()) for (const line of lines) counts.set(line._id, line);

  function checkLine(line: string, entries: readonly SeenStandby[]): void {
    const waiting = entries.filter(({ status }) => status === 'waiting');
    const finishedAt = calledOff.get(entries[0]?.performanceId ?? '');
    // Of a date that is called off seats are for nobody, and its lines are closed a little at a time.
    if (finishedAt === undefined) for (const entry of waiting) nothingFits(entry, free.get(line) ?? [], i16);
    else if (finishedAt) for (const { _id } of waiting) i15('waits for a date that was called off', [_id, line]);
    findings.count('I16');
    inOrder(entries, i17);
    findings.count('I17', entries.length);
    const { joined = 0, waiting: counted = 0 } = counts.get(line) ?? {};
    if (counted !== waiting.length) i17(`the line says that ${counted} wait, but ${waiting.length} do`, [line]);
    if (!isWhole(entries, joined, holdsBefore))
      i17(`of ${joined} who joined the line there are ${entries.length}, or not in order`, [line]);
    counts.delete(line);
  }

  let line = '';
  const entries: SeenStandby[] = [];
  for await (const batch of reader.standbyByLine())
    for (const entry of batch) {
      if (entry.line !== line && entries.length > 0) checkLine(line, entries.splice(0));
      line = entry.line;
      entries.push(entry);
    }
  if (entries.length > 0) checkLine(line, entries);
  for (const [_id, { joined, waiting }] of counts)
    if (waiting > 0 || !isWhole([], joined, holdsBefore))
      i17(`of ${joined} who joined the line there is nobody`, [_id]);
}

/** I16: no seats that fit are free while somebody waits for them. */
function nothingFits({ _id, line, seats, maxPrice }: SeenStandby, free: readonly number[], report: Report): void {
  const fit = free.filter((price) => maxPrice === null || price <= maxPrice).length;
  if (fit >= seats) report(`waits for ${seats} seats, and ${fit} that fit are free`, [_id, line]);
}

/** Everybody who joined is there, in order, but for places that ended so long ago that they may have been deleted. */
function isWhole(entries: readonly SeenStandby[], joined: number, deletedBefore: Date): boolean {
  let [last, lastJoined] = [0, new Date(0)];
  for (const { number, joinedAt } of [...entries, { number: joined + 1, joinedAt: new Date(0) }]) {
    // Whoever is missing here joined after the one ahead, and ended later still.
    const mayBeGone = number > last + 1 && lastJoined < deletedBefore;
    if (number !== last + 1 && !mayBeGone) return false;
    [last, lastJoined] = [number, joinedAt];
  }
  return true;
}

/** I17: nobody was offered seats while somebody ahead waited whose wish they would have met. */
function inOrder(entries: readonly SeenStandby[], report: Report): void {
  const ahead: SeenStandby[] = [];
  for (const entry of entries) {
    const { offeredAt, dearest, _id, seats, holdId, status } = entry;
    const wasOffered = status === 'offered' || status === 'taken' || status === 'lapsed';
    if (wasOffered && (offeredAt === null || holdId === null)) report(`${status}, but nothing was offered`, [_id]);
    if ((status === 'waiting' || status === 'skipped') && holdId !== null)
      report(`${status}, but ${holdId} was offered`, [_id, holdId]);
    if (offeredAt && dearest !== null) {
      const passed = ahead.find(
        (other) =>
          other.seats <= seats &&
          (other.maxPrice === null || other.maxPrice >= dearest) &&
          (other.offeredAt ?? other.endedAt ?? new Date(8e15)).getTime() > offeredAt.getTime() + clocksMs,
      );
      if (passed) report('was offered seats that somebody ahead waited for', [_id, passed._id]);
    }
    ahead.push(entry);
  }
}
