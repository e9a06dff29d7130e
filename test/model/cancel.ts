import { apply, free } from './standby';
import {
  deferred,
  done,
  type ModelCommand,
  type ModelPerformance,
  type ModelRequest,
  type ModelState,
  type Moment,
  type Prediction,
  refused,
  settleDebt,
} from './state';

type CancelRequest = Extract<ModelRequest, { kind: 'reservation.cancel' }>;

/** What was paid for a seat comes back, less the fee, until the last moment; as an operator says, at any time. */
export function cancel(
  state: ModelState,
  command: string,
  { userId, acceptedAt }: ModelCommand,
  request: CancelRequest,
  moment: Moment,
): Prediction {
  const hold = state.holds[request.hold ?? ''];
  if (hold?.userId !== userId || hold.paidBy === null) return refused('RESERVATION_NOT_FOUND');
  const gone = hold.cancelled.map(({ seatId }) => seatId);
  const seatIds = request.seatIds ?? hold.seatIds.filter((id) => !gone.includes(id));
  if (seatIds.some((id) => !hold.seatIds.includes(id))) return refused('SEAT_NOT_RESERVED');
  if (seatIds.length === 0 || seatIds.some((id) => gone.includes(id))) return refused('ALREADY_CANCELLED');
  const performance = state.performances[state.seats[seatIds[0] ?? '']?.performanceId ?? ''];
  const end = Math.min(performance?.startsAt ?? 0, performance?.refundUntil ?? Infinity);
  const isCalledOff = performance?.cancelledAt != null;
  if (request.stated === null && !isCalledOff && acceptedAt >= end) return refused('CANCELLATION_CLOSED');
  const prices = seatIds.map((id) => (hold.complimentary ? 0 : (state.seats[id]?.price ?? 0)));
  const fee = isCalledOff || !performance ? { points: 0 } : performance.fee;
  const back = refundsOf(prices, request.stated, fee);
  if (back === null) return refused('REFUND_TOO_LARGE');
  const refunded = back.reduce((sum, points) => sum + points, 0);
  let settled: { settled?: number } = {};
  // Seats of a date that was called off are for nobody.
  const toLine = isCalledOff ? apply : free;
  const freed = toLine(state, seatIds, moment, (after) => {
    const { wallets, holds, seats } = after;
    const wallet = wallets[userId] ?? { balance: 0, ledger: [] };
    wallet.balance += refunded;
    if (refunded > 0) wallet.ledger.push({ kind: 'refund', amount: refunded, balanceAfter: wallet.balance, command });
    settled = refunded > 0 ? settleDebt(wallet, command) : {};
    for (const [i, seatId] of seatIds.entries()) {
      const points = back[i] ?? 0;
      holds[request.hold ?? '']?.cancelled.push({ seatId, refunded: points, fee: (prices[i] ?? 0) - points, command });
      Object.assign(seats[seatId] ?? {}, { status: 'available', hold: null });
    }
  });
  if (!freed) return deferred;
  const paid = prices.reduce((sum, price) => sum + price, 0);
  return done({ seatIds, refunded, fee: paid - refunded, balance: state.wallets[userId]?.balance ?? 0, ...settled });
}

/** Seat by seat: what was stated fills one price after another. */
function refundsOf(prices: number[], stated: CancelRequest['stated'], fee: ModelPerformance['fee']): number[] | null {
  const kept = (price: number) => ('points' in fee ? fee.points : Math.floor((price * fee.percent) / 100));
  if (stated === null) return prices.map((price) => Math.max(0, price - kept(price)));
  if (stated === 'full') return prices;
  let left = stated === 'none' ? 0 : stated;
  const back = prices.map((price) => {
    const points = Math.min(price, left);
    left -= points;
    return points;
  });
  return left > 0 ? null : back;
}
