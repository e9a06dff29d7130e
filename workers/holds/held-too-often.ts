import { type Decision, type Outcome, refused } from '../handler';

/**
 * Keeps one user from taking seats off the market without paying, hold after hold: bounds how many holds of a performance
 * may end unpaid within UNPAID_HOLDS_SECONDS, and how many of them may have had the same seat, so that others come to it.
 * Null while another hold is within both. Who only changes their mind once or twice is not concerned.
 */
export function heldTooOften({
  state,
  command: { userId, payload },
  config,
  now,
}: Decision<'hold.place'>): Outcome | null {
  const { MAX_UNPAID_HOLDS, MAX_UNPAID_HOLDS_PER_SEAT, UNPAID_HOLDS_SECONDS } = config;
  const windowMs = UNPAID_HOLDS_SECONDS * 1000;
  const holder = { userId, performanceId: payload.performanceId };
  const overdue = state.holdsOf(holder).filter(({ status, expiresAt }) => status === 'held' && expiresAt <= now);
  // What was offered was not taken off the market.
  const late = [...state.unpaidHoldsOf(holder), ...overdue]
    .filter(({ standbyId }) => standbyId === undefined)
    .map(({ endedAt, expiresAt, seatIds }) => ({ until: (endedAt ?? expiresAt).getTime() + windowMs, seatIds }))
    .filter(({ until }) => until > now.getTime())
    .sort((a, b) => b.until - a.until);
  const blocked = (limit: number, holds: typeof late) => (limit > 0 ? holds[limit - 1]?.until : undefined);

  const until = blocked(MAX_UNPAID_HOLDS, late);
  if (until) {
    const retryAt = new Date(until).toISOString();
    const detail = `You let ${late.length} holds of this performance end unpaid. The next one is possible at ${retryAt}.`;
    return refused('TOO_MANY_UNPAID_HOLDS', detail, { retryAt });
  }
  const seats = payload.seatIds.flatMap((id) => {
    const free = blocked(
      MAX_UNPAID_HOLDS_PER_SEAT,
      late.filter(({ seatIds }) => seatIds.includes(id)),
    );
    return free ? [{ id, free }] : [];
  });
  if (seats.length === 0) return null;
  const seatIds = seats.map(({ id }) => id);
  const retryAt = new Date(Math.max(...seats.map(({ free }) => free))).toISOString();
  const detail = `You held ${seatIds.join(', ')} and did not pay. You may hold that again at ${retryAt}.`;
  return refused('SEAT_HELD_TOO_OFTEN', detail, { seatIds, retryAt });
}
