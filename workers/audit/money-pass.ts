import type { Findings, Report } from './findings';
import type { AuditReader, SeenSource, SeenTakenBack } from './reader';

/** Charges beside where they came from, I11; and what was demanded back beside what was taken and what is owed, I12. */
export async function moneyPass(reader: AuditReader, findings: Findings): Promise<void> {
  const [i11, i12] = [findings.reporter('I11'), findings.reporter('I12')];
  for await (const batch of reader.sources()) {
    for (const charge of batch) hasOneSource(charge, i11);
    findings.count('I11', batch.length);
  }
  for await (const batch of reader.chargedTopUps()) {
    for (const { _id, chargeId, charge } of batch)
      if (charge[0]?.payload.topUpId !== _id) i11('a top-up whose charge is not of it', [_id, chargeId]);
    findings.count('I11', batch.length);
  }
  for await (const batch of reader.takenBack()) {
    for (const user of batch) isTakenOrOwed(user, i12);
    findings.count('I12', batch.length);
  }
}

/** I11: one top-up that names it, or one action of a cashier; what has neither was made while everybody might charge. */
function hasOneSource({ _id, userId, payload, topUp, action }: SeenSource, report: Report): void {
  const { amount, topUpId, actionId } = payload;
  const ids = [_id, topUpId, actionId];
  const demand = (holds: boolean, what: string) => {
    if (!holds) report(what, ids);
  };
  if (topUpId !== undefined) {
    const [source] = topUp;
    demand(source !== undefined, 'a charge whose top-up is not there');
    demand(actionId === undefined, 'a charge with two sources');
    if (!source) return;
    demand(source.chargeId === _id && source.paymentId !== null, 'a charge of a top-up that did not become it');
    demand(source.userId === userId, "a charge of somebody else's top-up");
    demand(source.amount === amount, `a charge of ${amount}, but its top-up is of ${source.amount}`);
  } else {
    const [source] = action;
    demand(source !== undefined, "a cashier's charge without its action");
    if (!source) return;
    const { target, details } = source;
    demand(target === userId && details.jobId === _id, "a cashier's charge whose action is of another one");
    demand(details.amount === amount, `a charge of ${amount}, but its action says ${details.amount}`);
  }
}

/** I12: what was demanded back of a wallet was taken of it, or it owes it. */
function isTakenOrOwed({ _id, demanded, taken, debt }: SeenTakenBack, report: Report): void {
  if (demanded !== taken + debt)
    report(`${demanded} points were demanded back, ${taken} were taken and ${debt} are owed`, [_id]);
}
