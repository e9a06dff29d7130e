import { type ModelHold, type ModelState, type Moment, type Prediction, refused } from './state';

/** Seats in holds that are paid, not over, or just being paid. */
export function seatsOf(state: ModelState, userId: string, performanceId: string, moment: Moment): number {
  const counts = Object.entries(state.holds).map(([id, hold]) => {
    const mine =
      !hold.complimentary &&
      hold.userId === userId &&
      state.seats[hold.seatIds[0] ?? '']?.performanceId === performanceId;
    const lives = hold.status === 'held' && (hold.end > moment.now || isBeingPaid(state, id, moment));
    return mine && (lives || hold.status === 'paid') ? hold.seatIds.length - hold.cancelled.length : 0;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** A hold ends in its time, or with its date. */
export function endOf(state: ModelState, id: string | null): number {
  const hold = state.holds[id ?? ''];
  return Math.min(hold?.end ?? 0, calledOffAt(state, hold) ?? Infinity);
}

export function calledOffAt(state: ModelState, hold: ModelHold | undefined): number | null {
  return state.performances[state.seats[hold?.seatIds[0] ?? '']?.performanceId ?? '']?.cancelledAt ?? null;
}

/** Whether a payment was accepted before the hold's end and is not decided. */
export function isBeingPaid(state: ModelState, hold: string | null, { paying }: Moment): boolean {
  const end = endOf(state, hold);
  return [...paying].some((id) => {
    const command = state.commands[id];
    return command?.request.kind === 'payment.pay' && command.request.hold === hold && command.acceptedAt < end;
  });
}

/** Ends a hold; its seats are free or sold, and the command that would have ended it has nothing left to do. */
export function endHold(state: ModelState, id: string, status: 'paid' | 'expired' | 'released', now: number): void {
  const hold = state.holds[id];
  if (!hold) return;
  Object.assign(hold, { status, endedAt: now });
  const entry = state.standby[id];
  if (entry) entry.status = status === 'paid' ? 'taken' : status === 'expired' ? 'lapsed' : 'left';
  for (const seatId of hold.seatIds) {
    const free = status === 'paid' ? { status: 'sold', hold: id } : { status: 'available', hold: null };
    Object.assign(state.seats[seatId] ?? {}, free);
  }
  for (const command of Object.values(state.commands)) {
    const { request } = command;
    if (request.kind === 'hold.expire' && request.hold === id && command.status === 'accepted')
      command.status = 'skipped';
  }
}

export function refuseEnded(hold: ModelHold, at: number): Prediction | null {
  if (hold.status === 'paid') return refused('HOLD_ALREADY_PAID');
  if (hold.status === 'released') return refused('HOLD_RELEASED');
  return hold.status === 'expired' || hold.end <= at ? refused('HOLD_EXPIRED') : null;
}
