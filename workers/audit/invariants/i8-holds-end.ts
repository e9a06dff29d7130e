import type { SeenCommand, SeenHold } from '../documents';
import type { Report } from '../findings';
import type { Rules } from '../invariants';

/** I8: no hold is live past its end plus a bound. One that a payment accepted in time waits for is given more time. */
export function liveOnlyInTime(hold: SeenHold, waiting: readonly SeenCommand[], rules: Rules, report: Report): void {
  if (hold.status !== 'held') return;
  const lateMs = rules.now.getTime() - hold.expiresAt.getTime();
  if (lateMs <= rules.holdGraceMs) return;
  if (waiting.some((payment) => payment.acceptedAt < hold.expiresAt)) return;
  report(`live ${lateMs} ms past its end`, [hold._id, ...hold.seatIds]);
}

/** I8: every live hold has the command waiting that will end it. */
export function endIsScheduled(hold: SeenHold, expire: SeenCommand | undefined, report: Report): void {
  if (hold.status !== 'held' || expire?.status === 'accepted') return;
  report(`live, but its hold.expire ${expire ? `is ${expire.status}` : 'is missing'}`, [
    hold._id,
    hold.expireCommandId,
  ]);
}
