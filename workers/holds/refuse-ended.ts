import type { HoldDoc } from '../../shared/holds/hold.model';
import { type Outcome, refused } from '../handler';

/**
 * The refusal for a hold that is not live at `at`, or null. For a payment, `at` is the moment of its acceptance if that
 * was earlier than now: a payment accepted before the end is honoured while the hold has not been ended.
 */
export function refuseEnded(hold: HoldDoc, at: Date): Outcome | null {
  if (hold.status === 'paid')
    return refused('HOLD_ALREADY_PAID', 'This hold is paid.', { reservationId: hold.reservationId });
  if (hold.status === 'released') return refused('HOLD_RELEASED', 'This hold was given back.');
  if (hold.status === 'expired' || at >= hold.expiresAt) {
    return refused('HOLD_EXPIRED', `This hold ran out at ${hold.expiresAt.toISOString()}.`);
  }
  return null;
}
