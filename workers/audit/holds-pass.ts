import type { SeenCommand, SeenHold, SeenPayment } from './documents';
import type { Findings, Report } from './findings';
import type { Rules } from './invariants';
import { mergeByKey, side } from './merge';
import type { AuditReader } from './reader';

/** Holds beside what ended them: I8, and the parts of I4 and I9 that go by hold. */
export async function holdsPass(reader: AuditReader, findings: Findings, rules: Rules): Promise<void> {
  const [i4, i8, i9] = [findings.reporter('I4'), findings.reporter('I8'), findings.reporter('I9')];
  const sides = {
    holds: side(reader.holds(), (hold) => hold._id),
    payments: side(reader.paymentsByHold(), (payment) => payment.holdId),
    releases: side(reader.releasesByHold(), holdOf),
    leaves: side(reader.leavesByHold(), ({ result }) => String(result?.holdId)),
    waiting: side(reader.waitingPaysByHold(), holdOf),
  };
  const calledOff = new Map((await reader.callOffs()).map(({ _id, at }) => [_id, at]));
  await mergeByKey(sides, (holdId, { holds, payments, waiting, ...others }) => {
    // Whoever leaves the standby line with an offer gives it back.
    const releases = [...others.releases, ...others.leaves];
    const hold = holds[0];
    if (!hold) return noEndWithoutHold(holdId, { payments, releases }, rules, i9);
    priceIsThatOfHold(hold, payments, i4);
    liveOnlyInTime(hold, waiting, rules, i8);
    endedByOneCommand(hold, { payments, releases }, rules, i9);
    expiredAtItsEnd(hold, calledOff.get(hold.performanceId), i9);
    findings.count('I8');
  });
}

function holdOf({ payload }: SeenCommand): string {
  return (payload as { holdId?: string } | null)?.holdId ?? '';
}

/** I4: the price is that of the hold. */
function priceIsThatOfHold(hold: SeenHold, payments: readonly SeenPayment[], report: Report): void {
  for (const payment of payments) {
    if (payment.amount !== hold.amount)
      report(`a hold for ${hold.amount} was paid with ${payment.amount}`, [
        payment.reservationId,
        payment._id,
        hold._id,
      ]);
  }
}

/** I8: no hold is live past its end plus a bound. One that a payment accepted in time waits for is given more time. */
function liveOnlyInTime(hold: SeenHold, waiting: readonly SeenCommand[], rules: Rules, report: Report): void {
  if (hold.status !== 'held') return;
  const lateMs = rules.now.getTime() - hold.expiresAt.getTime();
  if (lateMs <= rules.holdGraceMs) return;
  if (waiting.some((payment) => payment.acceptedAt < hold.expiresAt)) return;
  report(`live ${lateMs} ms past its end`, [hold._id, ...hold.seatIds]);
}

/** Payments of a hold, and the commands that gave it back. */
interface HoldEnders {
  payments: readonly SeenPayment[];
  releases: readonly SeenCommand[];
}

/** I9: what ended a hold was one payment, one release or time; and the hold says so. */
function endedByOneCommand(
  hold: SeenHold,
  { payments, releases }: HoldEnders,
  { commandsBefore }: Rules,
  report: Report,
): void {
  const ids = [hold._id, ...payments.map((payment) => payment._id), ...releases.map((release) => release._id)];
  const { status, endedAt, reservationId, complimentary = false } = hold;
  if (payments.length > 1) report(`paid ${payments.length} times`, ids);
  if (releases.length > 1) report(`released ${releases.length} times`, ids);
  if (complimentary && payments.length > 0) report('paid, although it was given away', ids);
  if ((status === 'paid') !== (payments.length > 0 || complimentary))
    report(`a hold that is ${status} with ${payments.length} payments`, ids);
  const mayBeGone = endedAt !== null && endedAt < commandsBefore && releases.length === 0;
  if ((status === 'released') !== releases.length > 0 && !(status === 'released' && mayBeGone))
    report(`a hold that is ${status} with ${releases.length} releases that are done`, ids);
  if ((status === 'held') !== (endedAt === null))
    report(`a hold that is ${status}, ended: ${endedAt?.toISOString()}`, ids);
  if (status !== 'paid' && reservationId !== null)
    report(`a hold that is ${status} names reservation ${reservationId}`, ids);
  for (const { userId, at, reserved } of enders({ payments, releases })) {
    if (userId !== hold.userId) report('ended by somebody else', ids);
    if (at?.getTime() !== endedAt?.getTime()) report('ended at another time than the command that ended it', ids);
    if (reserved !== reservationId) report(`names reservation ${reservationId}, not ${reserved}`, ids);
  }
}

/** I9: a hold runs out in its time, or once its date was called off. */
function expiredAtItsEnd({ _id, status, endedAt, expiresAt }: SeenHold, calledOffAt: Date | undefined, report: Report) {
  if (status !== 'expired' || !endedAt || endedAt >= expiresAt) return;
  if (!calledOffAt || endedAt < calledOffAt) report('expired before its end', [_id]);
}

/** I9: payments and releases of a hold that is not there. */
function noEndWithoutHold(
  holdId: string,
  { payments, releases }: HoldEnders,
  { holdsBefore }: Rules,
  report: Report,
): void {
  for (const { _id } of payments) report('a payment for a hold that does not exist', [_id, holdId]);
  for (const { _id, finishedAt } of releases)
    if (!(finishedAt && finishedAt < holdsBefore))
      report('a hold.release is done with a hold that does not exist', [_id, holdId]);
}

function enders({ payments, releases }: HoldEnders) {
  return [
    ...payments.map(({ userId, paidAt, reservationId }) => ({ userId, at: paidAt, reserved: reservationId })),
    ...releases.map(({ userId, finishedAt }) => ({ userId, at: finishedAt, reserved: null })),
  ];
}
