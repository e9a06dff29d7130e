import type { WalletDoc } from '../../shared/points/wallet.model';
import { type Outcome, refused } from '../handler';

/** The refusal when a wallet holds less than `amount`, or owes points; or null. */
export function pointsShort(wallet: WalletDoc, amount: number): Outcome | null {
  if (wallet.debt)
    return refused('WALLET_IN_DEBT', `${wallet.debt} points are owed: no points are used until charges settle that.`, {
      debt: wallet.debt,
    });
  if (wallet.balance >= amount) return null;
  const detail = `${amount} points are needed and ${wallet.balance} are there.`;
  return refused('POINTS_INSUFFICIENT', detail, { balance: wallet.balance, amount });
}
