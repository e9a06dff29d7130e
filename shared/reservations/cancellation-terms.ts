import type { PerformanceDoc } from '../concerts/performance.model';

type Terms = Pick<PerformanceDoc, 'startsAt' | 'refundUntil' | 'cancellationFee' | 'cancelledAt'>;

/** The moment from which on buyers may not cancel any more. */
export function refundEnd({ startsAt, refundUntil }: Omit<Terms, 'cancelledAt' | 'cancellationFee'>): Date {
  return refundUntil && refundUntil < startsAt ? refundUntil : startsAt;
}

/** Whether buyers may cancel at that time. A date that was called off is refunded whenever. */
export function mayCancel(terms: Terms, at: Date): boolean {
  return Boolean(terms.cancelledAt) || at < refundEnd(terms);
}

/**
 * What is kept of a seat's price: never more than all of it, and nothing of a date that was called off. Per cents are rounded
 * down, in the buyer's favour, seat by seat: so seats that are cancelled one by one cost what they cost together.
 */
export function feeOf(price: number, { cancellationFee: fee, cancelledAt }: Partial<Terms>): number {
  if (!fee || cancelledAt) return 0;
  return Math.min(price, 'points' in fee ? fee.points : Math.floor((price * fee.percent) / 100));
}
