import type { CommandKind } from '../../shared/commands/catalogue';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { type Decision, type Holder, type Outcome, refused, type State } from '../handler';

/** How many seats a user has at a performance: paid, held, or in a hold that is over while its payment is pending. */
export function seatsOf(state: State, holder: Holder, now: Date): number {
  return count(
    state
      .holdsOf(holder)
      .filter((hold) => hold.status === 'paid' || hold.expiresAt > now || state.paymentPending(hold)),
  );
}

/** How many seats a user owns at a performance. */
export function paidSeatsOf(state: State, holder: Holder): number {
  return count(state.holdsOf(holder).filter(({ status }) => status === 'paid'));
}

/** Null while `more` seats beside those that the user has are within MAX_SEATS_PER_USER. */
export function beyondLimit(
  { config: { MAX_SEATS_PER_USER: limit } }: Pick<Decision<CommandKind>, 'config'>,
  more: number,
  seats: number,
): Outcome | null {
  if (limit === 0 || seats + more <= limit) return null;
  return refused('SEAT_LIMIT_EXCEEDED', `You have ${seats} of at most ${limit} seats of this performance.`, {
    seats,
    limit,
  });
}

/** What an operator has given counts for nothing: it neither takes from what a user may buy, nor is it bound by that. */
function count(holds: readonly HoldDoc[]): number {
  return holds
    .filter(({ complimentary }) => !complimentary)
    .reduce((sum, { seatIds, cancelledSeatIds = [] }) => sum + seatIds.length - cancelledSeatIds.length, 0);
}
