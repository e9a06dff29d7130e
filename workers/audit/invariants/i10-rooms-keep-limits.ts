import type { RoomLimits } from '../../../shared/concerts/concert.model';
import type { RoomNumbers } from '../../../shared/waiting-room/waiting-room-verbs';
import type { Report } from '../findings';

/** I10: no more active visitors than the cap, no more admitted in a minute than the rate. */
export function roomKeepsLimits(
  concertId: string,
  { maxActive, admitPerMinute }: RoomLimits,
  { active, admittedLastMinute }: Pick<RoomNumbers, 'active' | 'admittedLastMinute'>,
  report: Report,
): void {
  if (maxActive !== null && active > maxActive) report(`${active} active, at most ${maxActive} may be`, [concertId]);
  if (admitPerMinute !== null && admittedLastMinute > admitPerMinute)
    report(`${admittedLastMinute} admitted within a minute, at most ${admitPerMinute} may be`, [concertId]);
}
