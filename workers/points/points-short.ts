import type { WalletDoc } from '../../shared/points/wallet.model';
import { type Outcome, refused } from '../handler';

/** The refusal when a wallet holds less than `amount`, or null. */
export function pointsShort(wallet: WalletDoc, amount: number): Outcome | null {
  if (wallet.balance >= amount) return null;
  const detail = `${amount} points are needed and ${wallet.balance} are there.`;
  return refused('POINTS_INSUFFICIENT', detail, { balance: wallet.balance, amount });
}
