import type { Claim, SeatOwnership, SeenSeat } from './documents';
import type { Findings, Report } from './findings';
import { mergeByKey, side } from './merge';
import type { AuditReader } from './reader';

/** Seats that are not simply available beside the holds and reservations that say they have them, or had: I5, I6, I14, I15. */
export async function seatsPass(reader: AuditReader, findings: Findings): Promise<void> {
  const [i5, i6, i14] = [findings.reporter('I5'), findings.reporter('I6'), findings.reporter('I14')];
  const [i15, i18] = [findings.reporter('I15'), findings.reporter('I18')];
  const calledOff = (await reader.callOffs()).filter(({ finishedAt }) => finishedAt !== null);
  const over = new Set(calledOff.map(({ _id }) => _id));
  findings.count('I15', over.size);
  const sides = {
    seats: side(reader.takenSeats(), (seat) => seat._id),
    holds: side(reader.claims(), (claim) => claim.seatId),
    owners: side(reader.ownerships(), (claim) => claim.seatId),
  };
  await mergeByKey(sides, (seatId, { seats, holds, owners }) => {
    const reservations = owners.filter(({ until }) => until === null);
    for (const { status, performanceId, blockId } of seats) {
      if ((status === 'blocked') !== Boolean(blockId)) i18(`${status}, but its block is ${blockId}`, [seatId, blockId]);
      // Nobody has to be given back what nobody had.
      if (over.has(performanceId) && status !== 'blocked')
        i15(`${status}, but its date was called off and given back`, [seatId, performanceId]);
    }
    oneOwnerAtATime(seatId, owners, i14);
    if (owners.length > 0) findings.count('I14');
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

/** By how much a new primary's clock may be behind the one before it. */
const clockStepMs = 1000;

/** I14: over its whole history, a seat was sold again only after it had been given up. */
function oneOwnerAtATime(seatId: string, owners: readonly SeatOwnership[], report: Report): void {
  if (owners.length < 2) return;
  const end = ({ until }: SeatOwnership) => until?.getTime() ?? Infinity;
  // By their ends: the clock may have gone back between a sale and its end, and who owns the seat now is the last.
  const inOrder = owners.toSorted((a, b) => end(a) - end(b) || a.from.getTime() - b.from.getTime());
  for (const [i, owner] of inOrder.entries()) {
    const before = inOrder[i - 1];
    if (before && owner.from.getTime() < end(before) - clockStepMs)
      report(`sold at ${owner.from.toISOString()}, while it was owned`, [seatId, before.claimant, owner.claimant]);
  }
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
  if (seat.status === 'available' || seat.status === 'blocked') {
    if (seat.holdId) report(`${seat.status}, but names ${seat.holdId}`, [seatId, seat.holdId]);
    return;
  }
  const hold = holds.some((claim) => claim.holdId === seat.holdId && demanded[claim.status] === seat.status);
  const reservation = seat.status === 'held' || reservations.some((claim) => claim.holdId === seat.holdId);
  if (!hold) report(`${seat.status}, but ${seat.holdId} is no such hold or does not have it`, [seatId, seat.holdId]);
  if (!reservation) report('sold, but in no reservation', [seatId, seat.holdId]);
}
