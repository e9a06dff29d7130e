import type { Claim, SeenSeat } from '../documents';
import type { Report } from '../findings';

/** What a hold or reservation demands of its seats. */
const demanded = { held: 'held', paid: 'sold', reserved: 'sold' } as const;

/** I6: a seat's state agrees with its hold or reservation, in both directions. `seat`: none if it is simply available. */
export function seatAgrees(
  seatId: string,
  seat: SeenSeat | undefined,
  holds: readonly Claim[],
  reservations: readonly Claim[],
  report: Report,
): void {
  for (const { claimant, holdId, status } of [...holds, ...reservations]) {
    if (seat?.status === demanded[status] && seat.holdId === holdId) continue;
    const is = seat ? `${seat.status} for ${seat.holdId}` : 'available, or does not exist';
    report(`${claimant} (${status}) has a seat that is ${is}`, [seatId, claimant]);
  }
  if (!seat) return;
  if (seat.status === 'available') {
    report(`available, but names ${seat.holdId}`, [seatId, seat.holdId]);
    return;
  }
  const hold = holds.some((claim) => claim.holdId === seat.holdId && demanded[claim.status] === seat.status);
  const reservation = seat.status === 'held' || reservations.some((claim) => claim.holdId === seat.holdId);
  if (!hold) report(`${seat.status}, but ${seat.holdId} is no such hold or does not have it`, [seatId, seat.holdId]);
  if (!reservation) report('sold, but in no reservation', [seatId, seat.holdId]);
}
