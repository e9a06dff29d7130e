import type { EffectRow, SeenCommand, SeenEntry, SeenHold } from './documents';
import type { Report } from './findings';

/** Compares what a command says of one of its effects with what is there. */
type Same = (what: string, said: unknown, is: unknown) => void;
type Fields = Record<string, unknown>;

/** I9: what a command that is done was asked for, what it made and what it answered are the same. */
export function resultsAgree(
  { command, hold, expire, payment, reservation, entry, settlement }: EffectRow,
  report: Report,
): void {
  if (expire && hold) compareEnd(expire, hold, comparison(expire, hold._id, report));
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
  if (hold) compareHold(command, result, hold, start(hold, hold.placedAt));
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
  same('amount of the result', command.kind === 'points.reverse' ? result.taken : result.amount, entry.amount);
  if (command.kind === 'payment.pay') return;
  same('kind', kinds[command.kind], entry.kind);
  if (command.kind !== 'points.reverse') same('amount', fieldsOf(command).amount, entry.amount);
  same('payment', null, entry.paymentId);
}

const kinds: Partial<Record<SeenCommand['kind'], SeenEntry['kind']>> = {
  'points.charge': 'charge',
  'points.use': 'use',
  'points.reverse': 'reversal',
};

/** What a charge gave for a debt, and what a reversal took, are there if and only if the result says so. */
function compareTaken(
  command: SeenCommand,
  result: Fields,
  { entry, settlement }: Pick<EffectRow, 'entry' | 'settlement'>,
  report: Report,
): void {
  const same = comparison(command, settlement?._id ?? entry?._id ?? command._id, report);
  if (command.kind === 'points.reverse') same('points taken', result.taken, entry?.amount ?? 0);
  if (command.kind !== 'points.charge') return;
  same('points for a debt', result.settled, settlement?.amount);
  if (!settlement) return;
  same('balance of the result', result.balance, settlement.balanceAfter);
  same('kind', 'reversal', settlement.kind);
  same('user', command.userId, settlement.userId);
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
