import type { ModelHold, ModelState } from './state';

/** The moment at which commands are carried out together. */
export interface Moment {
  now: number;
  /** Payments that were accepted and not finished when it began: for all commands of the moment they are under way. */
  paying: ReadonlySet<string>;
}

export function isFree(state: ModelState, seatId: string, moment: Moment): boolean {
  const seat = state.seats[seatId];
  if (seat?.status === 'available') return true;
  const hold = state.holds[seat?.hold ?? ''];
  return (
    seat?.status === 'held' && hold !== undefined && hold.end <= moment.now && !isBeingPaid(state, seat.hold, moment)
  );
}

/** Ends the holds that are over and stand on the seats. */
export function releaseOverdue(state: ModelState, seatIds: readonly string[], { now }: Moment): void {
  for (const id of seatIds) endHold(state, state.seats[id]?.hold ?? '', 'expired', now);
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
