import { who } from '../../platform/session';
import { stored } from '../../platform/stored';

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

const holds = stored<Record<string, MyHold>>('holds', {});

/** ms. Holds that ended longer ago are forgotten. */
const keptMs = 24 * 60 * 60_000;

/** This user's last hold of a performance. It may have ended meanwhile. */
export function holdOf(performanceId: string): MyHold | null {
  const hold = Object.values(holds.signal.value).findLast((one) => one.performanceId === performanceId);
  return hold && hold.userId === who.value?.userId ? hold : null;
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

export function forgetHold(holdId: string): void {
  const { [holdId]: _gone, ...rest } = holds.read();
  holds.write(rest);
}
