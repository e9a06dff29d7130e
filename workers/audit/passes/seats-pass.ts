import type { Findings } from '../findings';
import { oneClaimOnSeat } from '../invariants/i5-one-claim';
import { seatAgrees } from '../invariants/i6-seat-agrees';
import { mergeByKey, side } from '../merge';
import type { AuditReader } from '../reader';

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
    findings.looked('I5');
    findings.looked('I6');
  });
}
