import { catalogue, isKnownKind } from '../../shared/commands/catalogue';
import type { EffectRow, SeenCancelled, SeenCommand, SeenEntry, SeenEntryOfLine, SeenHold } from './documents';
import type { Report } from './findings';
import type { Rules } from './invariants';

/** Compares what a command says of one of its effects with what is there. */
type Same = (what: string, said: unknown, is: unknown) => void;
type Fields = Record<string, unknown>;

/** I9: what a command that is done was asked for, what it made and what it answered are the same. */
export function resultsAgree(row: EffectRow, rules: Rules, report: Report): void {
  const { command, hold, expire, payment, reservation, entry, settlement, cancelled } = row;
  if (expire && hold) compareEnd(expire, hold, comparison(expire, hold._id, report));
  if (command?.status === 'done' && !isKnownKind(command.kind)) return;
  compareCancelled(command, cancelled, rules, report);
  if (command?.status !== 'done') return;
  const result = command.result ?? {};
  const start = (doc: { _id: string; userId: string }, at: Date): Same => {
    const same = comparison(command, doc._id, report);
    same('user', command.userId, doc.userId);
    same('time', command.finishedAt, at);
    return same;
  };
  if (entry) compareEntry(command, result, entry, start(entry, entry.at));
  compareTaken(command, result, { entry, settlement }, report);
  const { standby } = row;
  if (standby) comparison(command, standby._id, report)('place of the result', result.standbyId, standby._id);
  if (hold && standby) compareOffer(standby, hold, comparison(command, hold._id, report));
  else if (hold && command.kind === 'reservation.issue')
    start(hold, hold.placedAt)('seats', String(fieldsOf(command).seatIds), String(hold.seatIds));
  else if (hold && hold.standbyId === undefined) compareHold(command, result, hold, start(hold, hold.placedAt));
  if (payment) {
    const same = start(payment, payment.paidAt);
    same('hold', fieldsOf(command).holdId, payment.holdId);
    same('payment of the result', result.paymentId, payment._id);
    same('amount of the result', result.amount, payment.amount);
  }
  if (reservation) start(reservation, reservation.reservedAt)('its result', result.reservationId, reservation._id);
}

function compareEntry(command: SeenCommand, result: Fields, entry: SeenEntry, same: Same): void {
  same('balance of the result', result.balance, entry.balanceAfter - Number(result.settled ?? 0));
  same('amount of the result', amountOf(command, result), entry.amount);
  same('kind', catalogue[command.kind].entry, entry.kind);
  if (command.kind === 'payment.pay' || command.kind === 'reservation.cancel') return;
  if (command.kind !== 'points.reverse') same('amount', fieldsOf(command).amount, entry.amount);
  same('payment', null, entry.paymentId);
}

function amountOf({ kind }: SeenCommand, { amount, taken, refunded }: Fields): unknown {
  if (kind === 'points.reverse') return taken;
  return kind === 'reservation.cancel' ? refunded : amount;
}

/** What a charge or a refund gave for a debt, and what a reversal took or came back, are there if and only if the result says so. */
function compareTaken(
  command: SeenCommand,
  result: Fields,
  { entry, settlement }: Pick<EffectRow, 'entry' | 'settlement'>,
  report: Report,
): void {
  const same = comparison(command, settlement?._id ?? entry?._id ?? command._id, report);
  if (command.kind === 'points.reverse') same('points taken', result.taken, entry?.amount ?? 0);
  if (command.kind === 'reservation.cancel') same('points refunded', result.refunded, entry?.amount ?? 0);
  else if (command.kind !== 'points.charge') return;
  same('points for a debt', result.settled, settlement?.amount);
  if (!settlement) return;
  same('balance of the result', result.balance, settlement.balanceAfter);
  same('kind', 'reversal', settlement.kind);
  same('user', command.userId, settlement.userId);
}

/** Seats are cancelled by a `reservation.cancel` that is done, all at its time, and it says which, and what came of them. */
function compareCancelled(
  command: SeenCommand | undefined,
  seats: readonly SeenCancelled[],
  { commandsBefore }: Rules,
  report: Report,
): void {
  const isDone = command?.status === 'done' && command.kind === 'reservation.cancel';
  const ids = [...seats.map(({ seatId }) => seatId), seats[0]?.reservationId, seats[0]?.commandId];
  if (!isDone) {
    const mayBeGone = !command && seats.every(({ at }) => at < commandsBefore);
    if (seats.length > 0 && !mayBeGone) report('seats were cancelled, but by no reservation.cancel that is done', ids);
    return;
  }
  const { reservationId, seatIds, refunded, fee } = command.result ?? {};
  const same = comparison(command, String(reservationId), report);
  const sum = (field: 'refunded' | 'fee') => seats.reduce((total, seat) => total + seat[field], 0);
  same('reservation', fieldsOf(command).reservationId, reservationId);
  const sorted = (ids: readonly string[]) => String([...ids].sort());
  same('seats of the result', sorted(seatIds as string[]), sorted(seats.map(({ seatId }) => seatId)));
  same('refund of the result', refunded, sum('refunded'));
  same('fee of the result', fee, sum('fee'));
  for (const seat of seats) {
    same('reservation', reservationId, seat.reservationId);
    same('time', command.finishedAt, seat.at);
  }
}

function compareHold(command: SeenCommand, result: Fields, hold: SeenHold, same: Same): void {
  const seats = String(hold.seatIds);
  same('performance', fieldsOf(command).performanceId, hold.performanceId);
  const { seatIds, candidates = [seatIds] } = fieldsOf(command);
  // Of several groups that would have done it is any one.
  const asked = (candidates as unknown[]).map(String);
  same('seats', asked.includes(seats) ? seats : asked.join(' or '), seats);
  same('seats of the result', String(result.seatIds), seats);
  same('hold of the result', result.holdId, hold._id);
  same('amount of the result', result.amount, hold.amount);
  same('end of the result', result.expiresAt, hold.expiresAt.toISOString());
}

/** What was offered is what was wished for. */
function compareOffer(standby: SeenEntryOfLine, hold: SeenHold, same: Same): void {
  same('time of the offer', standby.offeredAt, hold.placedAt);
  same('hold', standby.holdId, hold._id);
  same('place', standby._id, hold.standbyId);
  same('user', standby.userId, hold.userId);
  same('performance', standby.performanceId, hold.performanceId);
  same('seats', standby.seats, hold.seatIds.length);
  same('state', becomes[hold.status], standby.status);
}

/** What a place is when what was offered to it is that. */
const becomes = { held: 'offered', paid: 'taken', expired: 'lapsed', released: 'left' } as const;

function compareEnd(expire: SeenCommand, hold: SeenHold, same: Same): void {
  same('hold', fieldsOf(expire).holdId, hold._id);
  same('end that the hold names', expire._id, hold.expireCommandId);
  if (expire.status !== 'done') return;
  same('state', 'expired', hold.status);
  same('time', expire.finishedAt, hold.endedAt);
}

function comparison(command: SeenCommand, docId: string, report: Report): Same {
  return (what, said, is) => {
    if (said === is || (said instanceof Date && is instanceof Date && said.getTime() === is.getTime())) return;
    report(`${command.kind} and what it made differ: ${what} ${text(said)}, ${text(is)} there`, [command._id, docId]);
  };
}

function fieldsOf({ payload }: SeenCommand): Fields {
  return (payload ?? {}) as Fields;
}

function text(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
