import type { Claim, SeenSeat } from './documents';
import type { Findings, Report } from './findings';
import { mergeByKey, side } from './merge';
import type { AuditReader } from './reader';

/** Seats that are not simply available beside the holds and reservations that say they have them: I5, I6. */
export async function seatsPass(reader: AuditReader, findings: Findings): Promise<void> {
  const [i5, i6] = [findings.reporter('I5'), findings.reporter('I6')];
  const sides = {
    seats: side(reader.takenSeats(), (seat) => seat._id),
    holds: side(reader.claims('holds'), (claim) => claim.seatId),
    reservations: side(reader.claims('reservations'), (claim) => claim.seatId),
  };
  await mergeByKey(sides, (seatId, { seats, holds, reservations }) => {
    oneClaimOnSeat(seatId, holds, reservations, i5);
    seatAgrees(seatId, seats[0], holds, reservations, i6);
    findings.count('I5');
    findings.count('I6');
  });
}

/** I5: no seat in two live holds or reservations. A paid hold is the same claim as its reservation. */
function oneClaimOnSeat(seatId: string, holds: readonly Claim[], reservations: readonly Claim[], report: Report): void {
  if (holds.length + reservations.length < 2) return;
  const claims = [...holds.filter((claim) => claim.status === 'held'), ...reservations];
  if (claims.length > 1) {
    const all = claims.map(({ claimant, status }) => `${claimant} (${status})`).join(' and ');
    report(`a seat in ${all}`, [seatId, ...claims.map((claim) => claim.claimant)]);
  }
  const paid = holds.filter((claim) => claim.status === 'paid');
  if (paid.length > 1) report('a seat in two paid holds', [seatId, ...paid.map((claim) => claim.claimant)]);
}

/** What a hold or reservation demands of its seats. */
const demanded = { held: 'held', paid: 'sold', reserved: 'sold' } as const;

/** I6: a seat's state agrees with its hold or reservation, in both directions. `seat`: none if it is simply available. */
function seatAgrees(
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
