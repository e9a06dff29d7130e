import { cancel } from './cancel';
import { calledOffAt, endHold, endOf, isBeingPaid, refuseEnded, seatsOf } from './holds';
import { block, issue, unblock } from './operators';
import { isFree, releaseOverdue } from './seats';
import { close, free, join, leave } from './standby';
import {
  deferred,
  done,
  Mismatch,
  type ModelCommand,
  type ModelState,
  type Moment,
  type Prediction,
  refused,
  settleDebt,
  take,
} from './state';

export function momentAt(state: ModelState, now: number): Moment {
  const pays = Object.entries(state.commands).filter(([, command]) => command.request.kind === 'payment.pay');
  return { now, paying: new Set(pays.flatMap(([id, { status }]) => (status === 'accepted' ? id : []))) };
}

/** Carries out one accepted command, and says what must come of it. */
export function carryOut(state: ModelState, id: string, moment: Moment): Prediction {
  const command = state.commands[id];
  if (command?.status !== 'accepted')
    throw new Mismatch(`${id} is ${command?.status ?? 'unknown'}, and carried out (again)`);
  const prediction = decide(state, id, command, moment);
  const decided = state.commands[id];
  if (decided && prediction.status !== 'deferred') decided.status = prediction.status;
  return prediction;
}

function decide(state: ModelState, id: string, command: ModelCommand, moment: Moment): Prediction {
  const { request, userId } = command;
  const { now } = moment;
  switch (request.kind) {
    case 'points.charge':
    case 'points.use':
      return changePoints(state, id, userId, request.kind === 'points.charge' ? 'charge' : 'use', request.amount);
    case 'points.reverse':
      return reverse(state, id, userId, request);
    case 'hold.place':
      return place(state, id, userId, request, moment);
    case 'seat.block':
      return block(state, request, moment);
    case 'seat.unblock':
      return unblock(state, request, moment);
    case 'reservation.issue':
      return issue(state, id, userId, request, moment);
    case 'hold.release':
      return release(state, userId, request.hold, moment);
    case 'hold.expire':
      return expire(state, request.hold, moment);
    case 'payment.pay':
      return pay(state, id, command, request.hold, now);
    case 'reservation.cancel':
      return cancel(state, id, command, request, moment);
    case 'standby.join':
      return join(state, id, userId, request, moment);
    case 'standby.leave':
      return leave(state, userId, request.entry, moment);
    case 'standby.close':
      return close(state, request, moment);
    case 'standby.offer':
      return done({});
  }
}

function changePoints(state: ModelState, command: string, userId: string, kind: 'charge' | 'use', amount: number) {
  state.wallets[userId] ??= { balance: 0, ledger: [] };
  const wallet = state.wallets[userId];
  const balanceAfter = wallet.balance + (kind === 'charge' ? amount : -amount);
  if (kind === 'use' && wallet.debt) return refused('WALLET_IN_DEBT', { debt: wallet.debt });
  // A refund may have gone past it.
  if (kind === 'charge' && balanceAfter > state.rules.maxBalance)
    return refused('BALANCE_LIMIT_EXCEEDED', { balance: wallet.balance });
  if (balanceAfter < 0) return refused('POINTS_INSUFFICIENT', { balance: wallet.balance, amount });
  wallet.balance = balanceAfter;
  wallet.ledger.push({ kind, amount, balanceAfter, command });
  const settled = kind === 'charge' ? settleDebt(wallet, command) : {};
  return done({ amount, balance: wallet.balance, ...settled });
}

/** What is not there becomes a debt; or nothing is taken at all. */
function reverse(
  state: ModelState,
  command: string,
  userId: string,
  { amount, whole }: { amount: number; whole: boolean },
): Prediction {
  const wallet = state.wallets[userId] ?? { balance: 0, ledger: [] };
  if (whole && wallet.balance < amount) return refused('TOP_UP_USED', { balance: wallet.balance, amount });
  state.wallets[userId] = wallet;
  const taken = Math.min(amount, wallet.balance);
  take(wallet, taken, command);
  wallet.debt = (wallet.debt ?? 0) + amount - taken;
  return done({ amount, taken, debt: wallet.debt, balance: wallet.balance });
}

/** All seats or none. A seat is free, too, when its hold is over and nobody is just paying for it. */
function place(
  state: ModelState,
  id: string,
  userId: string,
  { performanceId, seatIds }: { performanceId: string; seatIds: string[] },
  moment: Moment,
): Prediction {
  const seats = seatIds.map((seatId) => state.seats[seatId]).filter((seat) => seat?.performanceId === performanceId);
  if (seats.length < seatIds.length) return refused('SEAT_NOT_FOUND');
  const { startsAt = 0, cancelledAt = null } = state.performances[performanceId] ?? {};
  if (cancelledAt !== null) return refused('PERFORMANCE_CANCELLED');
  if ((state.commands[id]?.acceptedAt ?? 0) >= startsAt) return refused('PERFORMANCE_STARTED');
  const had = seatsOf(state, userId, performanceId, moment);
  if (had + seatIds.length > state.rules.maxSeats) return refused('SEAT_LIMIT_EXCEEDED', { seats: had });
  const taken = seatIds.filter((seatId) => !isFree(state, seatId, moment));
  const isBlocked = taken.every((seatId) => state.seats[seatId]?.status === 'blocked');
  if (taken.length > 0) return refused(isBlocked ? 'SEAT_BLOCKED' : 'SEAT_TAKEN', { seatIds: taken });
  const { now } = moment;
  releaseOverdue(state, seatIds, moment);
  const amount = seats.reduce((sum, seat) => sum + (seat?.price ?? 0), 0);
  const end = now + state.rules.holdMs;
  state.holds[id] = {
    ...{ userId, seatIds, amount, end, status: 'held', endedAt: null, paidBy: null, cancelled: [] },
    complimentary: false,
  };
  for (const seat of seats) if (seat) Object.assign(seat, { status: 'held', hold: id });
  return done({ seatIds, amount, expiresAt: new Date(end).toISOString() });
}

function release(state: ModelState, userId: string, id: string | null, moment: Moment): Prediction {
  const hold = state.holds[id ?? ''];
  if (!id || hold?.userId !== userId) return refused('HOLD_NOT_FOUND');
  const ended = refuseEnded(hold, moment.now);
  if (ended) return ended;
  const freed = free(state, hold.seatIds, moment, (after) => endHold(after, id, 'released', moment.now));
  return freed ? done({ seatIds: hold.seatIds }) : deferred;
}

/** Not before the end, and not while a payment that was accepted in time waits. */
function expire(state: ModelState, id: string | null, moment: Moment): Prediction {
  const hold = state.holds[id ?? ''];
  if (!id || hold?.status !== 'held') return { status: 'skipped' };
  if (moment.now < endOf(state, id) || isBeingPaid(state, id, moment)) return deferred;
  const freed = free(state, hold.seatIds, moment, (after) => endHold(after, id, 'expired', moment.now));
  return freed ? done({ seatIds: hold.seatIds }) : deferred;
}

/** A payment accepted in time is honoured, as long as the hold is there. Points short: the hold lives on. */
function pay(state: ModelState, command: string, { userId, acceptedAt }: ModelCommand, id: string | null, now: number) {
  const hold = state.holds[id ?? ''];
  if (!id || hold?.userId !== userId) return refused('HOLD_NOT_FOUND');
  const calledOff = calledOffAt(state, hold);
  if (calledOff !== null && acceptedAt >= calledOff && hold.status !== 'paid') return refused('PERFORMANCE_CANCELLED');
  const ended = refuseEnded(hold, Math.min(acceptedAt, now));
  if (ended) return ended;
  const paid = hold.amount > 0 ? changePoints(state, command, userId, 'use', hold.amount) : paidNothing(state, userId);
  if (paid.status !== 'done') return paid;
  endHold(state, id, 'paid', now);
  hold.paidBy = command;
  return paid;
}

/** Whatever the wallet has or owes, and without an entry. */
function paidNothing(state: ModelState, userId: string): Prediction {
  return done({ amount: 0, balance: state.wallets[userId]?.balance ?? 0 });
}
