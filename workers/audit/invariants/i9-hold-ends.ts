import type { SeenCommand, SeenHold, SeenPayment } from '../documents';
import type { Report } from '../findings';

/** Payments of a hold, and `hold.release` commands that are done with it. */
export interface HoldEnders {
  payments: readonly SeenPayment[];
  releases: readonly SeenCommand[];
}

/** I9: what ended a hold was one payment, one release or time; and the hold says so. */
export function endedByOneCommand(hold: SeenHold, { payments, releases }: HoldEnders, report: Report): void {
  const ids = [hold._id, ...payments.map((payment) => payment._id), ...releases.map((release) => release._id)];
  const { status, endedAt, expiresAt, reservationId } = hold;
  if (payments.length > 1) report(`paid ${payments.length} times`, ids);
  if (releases.length > 1) report(`released ${releases.length} times`, ids);
  if ((status === 'paid') !== payments.length > 0)
    report(`a hold that is ${status} with ${payments.length} payments`, ids);
  if ((status === 'released') !== releases.length > 0)
    report(`a hold that is ${status} with ${releases.length} releases that are done`, ids);
  if ((status === 'held') !== (endedAt === null))
    report(`a hold that is ${status}, ended: ${endedAt?.toISOString()}`, ids);
  if (status === 'expired' && endedAt && endedAt < expiresAt) report('expired before its end', ids);
  if (status !== 'paid' && reservationId !== null)
    report(`a hold that is ${status} names reservation ${reservationId}`, ids);
  for (const { userId, at, reserved } of enders({ payments, releases })) {
    if (userId !== hold.userId) report('ended by somebody else', ids);
    if (at?.getTime() !== endedAt?.getTime()) report('ended at another time than the command that ended it', ids);
    if (reserved !== reservationId) report(`names reservation ${reservationId}, not ${reserved}`, ids);
  }
}

/** I9: payments and releases of a hold that is not there. */
export function noEndWithoutHold(holdId: string, { payments, releases }: HoldEnders, report: Report): void {
  for (const { _id } of payments) report('a payment for a hold that does not exist', [_id, holdId]);
  for (const { _id } of releases) report('a hold.release is done with a hold that does not exist', [_id, holdId]);
}

function enders({ payments, releases }: HoldEnders) {
  return [
    ...payments.map(({ userId, paidAt, reservationId }) => ({ userId, at: paidAt, reserved: reservationId })),
    ...releases.map(({ userId, finishedAt }) => ({ userId, at: finishedAt, reserved: null })),
  ];
}
