import type { SeenCommand } from '../documents';
import type { Findings } from '../findings';
import type { Rules } from '../invariants';
import { priceIsThatOfHold } from '../invariants/i4-reservation-is-paid';
import { liveOnlyInTime } from '../invariants/i8-holds-end';
import { endedByOneCommand, noEndWithoutHold } from '../invariants/i9-hold-ends';
import { mergeByKey, side } from '../merge';
import type { AuditReader } from '../reader';

/** Holds beside what ended them: I8, and the parts of I4 and I9 that go by hold. */
export async function holdsPass(reader: AuditReader, findings: Findings, rules: Rules): Promise<void> {
  const [i4, i8, i9] = [findings.reporter('I4'), findings.reporter('I8'), findings.reporter('I9')];
  const sides = {
    holds: side(reader.holds(), (hold) => hold._id),
    payments: side(reader.paymentsByHold(), (payment) => payment.holdId),
    releases: side(reader.releasesByHold(), holdOf),
    waiting: side(reader.waitingPaysByHold(), holdOf),
  };
  await mergeByKey(sides, (holdId, { holds, payments, releases, waiting }) => {
    const hold = holds[0];
    if (!hold) return noEndWithoutHold(holdId, { payments, releases }, i9);
    priceIsThatOfHold(hold, payments, i4);
    liveOnlyInTime(hold, waiting, rules, i8);
    endedByOneCommand(hold, { payments, releases }, i9);
    findings.looked('I8');
  });
}

function holdOf({ payload }: SeenCommand): string {
  return (payload as { holdId?: string } | null)?.holdId ?? '';
}
