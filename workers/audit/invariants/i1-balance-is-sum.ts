import type { LedgerSums, SeenWallet } from '../documents';
import type { Report } from '../findings';

/** I1: balance = sum of the wallet's entries. */
export function balanceIsSum(
  userId: string,
  wallet: SeenWallet | null,
  { sum, count }: LedgerSums,
  report: Report,
): void {
  if (!wallet) report(`${count} entries that add up to ${sum}, and no wallet`, [userId]);
  else if (wallet.balance !== sum) report(`the wallet holds ${wallet.balance}, its entries add up to ${sum}`, [userId]);
}
