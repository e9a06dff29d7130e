import type { Hold } from '../../api/api';
import { serverNow } from '../../platform/server-clock';
import { who } from '../../platform/session';
import { recordOf, stored, withFields } from '../../platform/stored';

/** Seats that this user holds, as far as this browser knows. */
interface MyHold {
  holdId: string;
  userId: string;
  concertId: string;
  performanceId: string;
  seatIds: string[];
  amount: number;
  expiresAt: string;
}

const isMyHold = withFields({
  holdId: 'string',
  userId: 'string',
  performanceId: 'string',
  seatIds: 'object',
  expiresAt: 'string',
});
const holds = stored<Record<string, MyHold>>('holds', {}, recordOf(isMyHold));

/** ms. Holds that ended longer ago are forgotten. */
const keptMs = 24 * 60 * 60_000;

/** This user's holds of a performance that have time left, the newest last. */
export function liveHoldsOf(performanceId: string): MyHold[] {
  const userId = who.value?.userId;
  return Object.values(holds.signal.value).filter(
    (one) => one.performanceId === performanceId && one.userId === userId && Date.parse(one.expiresAt) > serverNow(),
  );
}

export function storeHold(
  userId: string,
  { concertId, performanceId }: { concertId: string; performanceId: string },
  { holdId, seatIds, amount, expiresAt }: { holdId: string; seatIds: string[]; amount: number; expiresAt: string },
): void {
  const kept = Object.entries(holds.read()).filter(([, hold]) => Date.now() - Date.parse(hold.expiresAt) < keptMs);
  const hold = { holdId, userId, concertId, performanceId, seatIds, amount, expiresAt };
  holds.write({ ...Object.fromEntries(kept), [holdId]: hold });
}

/** Takes over what the server lists: holds made on other devices, and what became of those that are known here. */
export function noteHolds(userId: string, concertId: string, listed: readonly Hold[]): void {
  for (const { id, status, ...hold } of listed)
    if (status === 'held') storeHold(userId, { concertId, performanceId: hold.performanceId }, { holdId: id, ...hold });
    else if (holds.read()[id]) forgetHold(id);
}

export function forgetHold(holdId: string): void {
  const { [holdId]: _gone, ...rest } = holds.read();
  holds.write(rest);
}
