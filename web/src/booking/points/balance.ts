import { api } from '../../api/api';
import { who } from '../../platform/session';
import { orNull, stored, withFields } from '../../platform/stored';

const isBalance = orNull(withFields({ userId: 'string', balance: 'number' }));
const known = stored<{ userId: string; balance: number } | null>('balance', null, isBalance);

/** This user's points as last received; null before. */
export function knownBalance(): number | null {
  const last = known.signal.value;
  return last && last.userId === who.value?.userId ? last.balance : null;
}

export function storeBalance(userId: string, balance: number): void {
  known.write({ userId, balance });
}

/** @throws FrontrowError */
export async function loadBalance(signal: AbortSignal): Promise<number> {
  const userId = who.peek()?.userId ?? '';
  const balance = await api.points.balance({ signal });
  storeBalance(userId, balance);
  return balance;
}
