import type { SeenEntry, SeenSale } from './documents';
import type { Findings, Report } from './findings';
import { mergeByKey, side } from './merge';
import type { AuditReader } from './reader';

/** Entries of kind `refund` beside the cancelled seats of the reservation that their payment made: I13. */
export async function refundsPass(reader: AuditReader, findings: Findings): Promise<void> {
  const i13 = findings.reporter('I13');
  const sides = {
    sales: side(reader.salesWithRefunds(), ({ paymentId }) => paymentId),
    refunds: side(reader.refunds(), ({ paymentId }) => paymentId ?? ''),
  };
  await mergeByKey(sides, (paymentId, { sales, refunds }) => {
    const [sale] = sales;
    if (sale) paidIsAccountedFor(sale, i13);
    refundsAreThoseOfSeats(paymentId, sale, refunds, i13);
    findings.count('I13');
  });
}

/** What was paid is the price of the seats still owned, and what was kept and given back of the others. */
function paidIsAccountedFor({ _id, paymentId, amount, cancelled, ownedPrice }: SeenSale, report: Report): void {
  const ids = [_id, paymentId];
  const refunded = sum(cancelled.map((seat) => seat.refunded));
  const fee = sum(cancelled.map((seat) => seat.fee));
  if (cancelled.some((seat) => !isPoints(seat.refunded) || !isPoints(seat.fee)))
    report('a seat was cancelled for what are no whole points', ids);
  if (refunded > amount) report(`${amount} were paid, and ${refunded} given back`, ids);
  if (amount !== ownedPrice + fee + refunded)
    report(`${amount} were paid: ${ownedPrice} are owned, ${fee} kept, ${refunded} given back`, ids);
}

/** Each refund in the ledger is that of the seats which its command cancelled, and each of those is in the ledger. */
function refundsAreThoseOfSeats(
  paymentId: string,
  sale: SeenSale | undefined,
  refunds: readonly SeenEntry[],
  report: Report,
): void {
  const due = new Map<string, number>();
  for (const { commandId, refunded } of sale?.cancelled ?? []) due.set(commandId, (due.get(commandId) ?? 0) + refunded);
  for (const { _id, userId, amount, commandId } of refunds) {
    const ids = [_id, sale?._id, paymentId];
    if (!sale) report('points came back, but no seat of that payment was cancelled', ids);
    else if (userId !== sale.userId) report("points came back to somebody else's wallet", ids);
    else if (amount !== due.get(commandId)) report(`${amount} came back for seats worth ${due.get(commandId)}`, ids);
    due.delete(commandId);
  }
  for (const [commandId, refunded] of due)
    if (refunded > 0) report(`${refunded} are not in the ledger`, [sale?._id, paymentId, commandId]);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const isPoints = (amount: number) => Number.isSafeInteger(amount) && amount >= 0;
