import type { EffectRow, SeenPayment } from './documents';
import type { Report } from './findings';

/**
 * I4: every reservation has exactly one payment, and one entry of exactly its price if that is not nothing; a complimentary one
 * has neither, I19. Answers whether there was one.
 */
export function reservationIsPaid({ reservation, payment, entry }: EffectRow, report: Report): boolean {
  const paying =
    entry && entry.kind !== 'refund' && (entry.paymentId !== null || reservation || payment) ? entry : undefined;
  if (!reservation && !payment && !paying) return false;
  const ids = [reservation?._id, payment?._id, paying?._id];
  if (!reservation) report('points were given, but there is no reservation', ids);
  if (reservation?.complimentary) {
    if (payment || paying) report('somebody paid for what was given away', ids);
    return true;
  }
  if (!payment) report('there is no payment', ids);
  if (!paying && (payment ?? reservation)?.amount !== 0) report('there is no ledger entry', ids);
  if (reservation && payment) {
    if (reservation.paymentId !== payment._id) report('the reservation names another payment', ids);
    if (payment.reservationId !== reservation._id) report('the payment names another reservation', ids);
    if (reservation.holdId !== payment.holdId) report('reservation and payment name different holds', ids);
    if (reservation.userId !== payment.userId) report('somebody else paid', ids);
    if (reservation.amount !== payment.amount)
      report(`reserved for ${reservation.amount}, paid ${payment.amount}`, ids);
  }
  if (paying && (payment || reservation)) {
    const { amount, userId } = (payment ?? reservation) as SeenPayment;
    if (paying.paymentId !== payment?._id) report('the entry names another payment', ids);
    if (paying.userId !== userId) report("the entry is in somebody else's ledger", ids);
    if (paying.kind !== 'use' || paying.amount !== amount)
      report(`a price of ${amount}, but the entry says ${paying.kind} ${paying.amount}`, ids);
  }
  return true;
}
