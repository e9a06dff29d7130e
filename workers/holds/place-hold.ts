import { newCommand } from '../../shared/commands/new-command';
import type { SeatDoc } from '../../shared/concerts/seat.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { derivedId } from '../../shared/platform/ids';
import type { Change, Decision, Handler, Outcome, State } from '../handler';
import { refused } from '../handler';
import { endOverdue, isFree } from './free-to-take';
import { heldTooOften } from './held-too-often';
import { performanceCancelled } from './performance-cancelled';
import { beyondLimit, seatsOf } from './seat-limit';

/** All seats or none; with the hold, the command that will end it. */
export const placeHold: Handler<'hold.place'> = {
  needs: ({ userId, payload: { seatIds, candidates = [], performanceId } }) => ({
    seats: [...new Set([...seatIds, ...candidates.flat()])],
    performances: [performanceId],
    holders: [{ userId, performanceId }],
  }),

  decide(asked): Outcome {
    const decision = { ...asked, command: chosen(asked) };
    const { state, command, now } = decision;
    const { seatIds, performanceId } = command.payload;
    const seats = seatIds.flatMap((id) => state.seat(id) ?? []).filter((seat) => seat.performanceId === performanceId);
    if (seats.length < seatIds.length) return refused('SEAT_NOT_FOUND', 'A seat is not one of this performance.');
    const performance = state.performance(performanceId);
    if (performance?.cancelledAt) return performanceCancelled(performance.cancelledAt);
    if (performance && command.acceptedAt >= performance.startsAt)
      return refused('PERFORMANCE_STARTED', 'Seats can be held until the performance starts.');
    const holder = { userId: command.userId, performanceId };
    // Exact: a user's holds of a performance are decided one after another, docs/decisions/0012.
    const had = seatsOf(state, holder, now);
    const tooMany = beyondLimit(decision, seatIds.length, had);
    if (tooMany) return tooMany;
    const tooOften = heldTooOften(decision);
    if (tooOften) return tooOften;
    const taken = seats.filter((seat) => !isFree(seat, state, now));
    if (taken.length > 0) return seatTaken(state, command.userId, taken);

    const overdue = endOverdue(state, seats, now);
    const { hold, expire } = newHold(decision, seats);
    const held = seats.map(
      (seat): Change => ({
        collection: 'seats',
        doc: { ...seat, status: 'held', holdId: hold._id },
      }),
    );
    return {
      status: 'done',
      result: { holdId: hold._id, seatIds, amount: hold.amount, expiresAt: hold.expiresAt.toISOString() },
      changes: [...overdue.changes, { collection: 'holds', doc: hold }, ...held],
      schedule: [expire],
      skip: overdue.skip,
    };
  },
};

/** The command with the first of its candidates that is free; with the best one if none is. */
function chosen({ state, command, now }: Decision<'hold.place'>): Decision<'hold.place'>['command'] {
  const { candidates = [] } = command.payload;
  const free = candidates.find((ids) => ids.every((id) => isFree(state.seat(id), state, now)));
  return free ? { ...command, payload: { ...command.payload, seatIds: free } } : command;
}

/** Names apart what the user holds already: that is to be paid, not held again. What is only blocked can't be had by waiting. */
function seatTaken(state: State, userId: string, seats: readonly SeatDoc[]): Outcome {
  const seatIds = seats.map(({ _id }) => _id);
  if (seats.every(({ status }) => status === 'blocked'))
    return refused('SEAT_BLOCKED', `Not on sale: ${seatIds.join(', ')}.`, { seatIds });
  const holdOf = (seatId: string) => state.hold(state.seat(seatId)?.holdId ?? '');
  const yours = seatIds.filter((id) => state.seat(id)?.status === 'held' && holdOf(id)?.userId === userId);
  return refused('SEAT_TAKEN', `Taken: ${seatIds.join(', ')}.`, { seatIds, ...(yours.length > 0 && { yours }) });
}

function newHold({ command, now, config }: Decision<'hold.place'>, seats: SeatDoc[]) {
  const { concertId, performanceId, section, seatIds } = command.payload;
  const holdId = derivedId('hold', command._id);
  const expiresAt = new Date(now.getTime() + config.HOLD_SECONDS * 1000);
  const expire = newCommand(
    config,
    derivedId('expire', command._id),
    { kind: 'hold.expire', payload: { holdId, performanceId, section, seatIds }, userId: command.userId, key: null },
    now,
    expiresAt,
  );
  const hold: HoldDoc = {
    _id: holdId,
    userId: command.userId,
    concertId,
    performanceId,
    section,
    seatIds,
    amount: seats.reduce((sum, seat) => sum + seat.price, 0),
    status: 'held',
    placedAt: now,
    expiresAt,
    endedAt: null,
    reservationId: null,
    commandId: command._id,
    expireCommandId: expire._id,
  };
  return { hold, expire };
}
