import type { Claim } from '../documents';
import type { Report } from '../findings';

/** I5: no seat in two live holds or reservations. A paid hold is the same claim as its reservation. */
export function oneClaimOnSeat(
  seatId: string,
  holds: readonly Claim[],
  reservations: readonly Claim[],
  report: Report,
): void {
  if (holds.length + reservations.length < 2) return;
  const claims = [...holds.filter((claim) => claim.status === 'held'), ...reservations];
  if (claims.length > 1) {
    const all = claims.map(({ claimant, status }) => `${claimant} (${status})`).join(' and ');
    report(`a seat in ${all}`, [seatId, ...claims.map((claim) => claim.claimant)]);
  }
  const paid = holds.filter((claim) => claim.status === 'paid');
  if (paid.length > 1) report('a seat in two paid holds', [seatId, ...paid.map((claim) => claim.claimant)]);
}
