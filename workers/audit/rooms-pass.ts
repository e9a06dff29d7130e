import type { ConcertDoc, RoomLimits } from '../../shared/concerts/concert.model';
import { type Models, native } from '../../shared/models';
import { idAt } from '../../shared/platform/ids';
import type { RoomNumbers, WaitingRoom } from '../../shared/waiting-room/types';
import type { Findings, Report } from './findings';

/** What the audit asks of the waiting room: how many are in, and how many came in during the last minute. */
export type RoomCounter = Pick<WaitingRoom, 'numbers'>;

const rateWindowMs = 60_000;

/**
 * Every limited room's numbers beside its limits: I10. That nobody is overtaken shows in no numbers; the waiting room's
 * own tests show it.
 */
export async function roomsPass(models: Models, rooms: RoomCounter, now: Date, findings: Findings): Promise<void> {
  const limited = { $or: [{ 'room.maxActive': { $ne: null } }, { 'room.admitPerMinute': { $ne: null } }] };
  const report = findings.reporter('I10');
  for await (const concert of native(models, 'concerts').find(limited)) {
    const numbers = await rooms.numbers(concert);
    const limits = await widestLimits(models, concert, now);
    roomKeepsLimits(concert._id, limits, numbers, report);
    findings.count('I10');
  }
}

/** Lowering a limit sends nobody away: those who came in under a wider one may still be there. */
async function widestLimits(models: Models, { _id, room }: ConcertDoc, now: Date): Promise<RoomLimits> {
  const since = now.getTime() - Math.max(rateWindowMs, room.maxSessionSeconds * 1000);
  const lately = { _id: { $gte: idAt('act', since) }, at: { $gte: new Date(since) } };
  const filter = { ...lately, action: 'waiting-room.limit', target: _id } as const;
  const limits = { ...room };
  for await (const { details, at } of native(models, 'adminActions').find(filter)) {
    limits.maxActive = wider(limits.maxActive, details.maxActive);
    if (at.getTime() > now.getTime() - rateWindowMs)
      limits.admitPerMinute = wider(limits.admitPerMinute, details.admitPerMinute);
  }
  return limits;
}

/** @param change `{from, to}` of an admin's action, if it was about this limit */
function wider(limit: number | null, change: unknown): number | null {
  const from = (change as { from: number | null } | undefined)?.from;
  if (from === undefined || limit === null) return limit;
  return from === null ? null : Math.max(limit, from);
}

/** I10: no more active visitors than the cap, no more admitted in a minute than the rate. */
function roomKeepsLimits(
  concertId: string,
  { maxActive, admitPerMinute }: RoomLimits,
  { active, admittedLastMinute }: Pick<RoomNumbers, 'active' | 'admittedLastMinute'>,
  report: Report,
): void {
  if (maxActive !== null && active > maxActive) report(`${active} active, at most ${maxActive} may be`, [concertId]);
  if (admitPerMinute !== null && admittedLastMinute > admitPerMinute)
    report(`${admittedLastMinute} admitted within a minute, at most ${admitPerMinute} may be`, [concertId]);
}
