import type { LedgerSums, SeenEntry, SeenWallet } from '../documents';
import type { Report } from '../findings';

/** What an entry adds to the balance. */
export function signedAmount({ kind, amount }: SeenEntry): number {
  return kind === 'charge' ? amount : -amount;
}

/** I2, for each entry: numbers are gapless and each `balanceAfter` follows from the one before. */
export function entryFollows(entry: SeenEntry, before: LedgerSums, report: Report): void {
  const { _id, userId, seq, kind, amount, balanceAfter } = entry;
  if (seq !== before.seq + 1) report(`entry ${seq} comes after entry ${before.seq}`, [_id, userId]);
  if (!(kind === 'charge' || kind === 'use') || !Number.isSafeInteger(amount) || amount < 1)
    report(`an entry of kind ${kind} and amount ${amount}`, [_id, userId]);
  if (balanceAfter !== before.balance + signedAmount(entry))
    report(`balance ${before.balance}, ${kind} ${amount}, but then balance ${balanceAfter}`, [_id, userId]);
}

/** I2, for each wallet: it counts as many entries as there are. */
export function countAgrees(wallet: SeenWallet, { seq }: LedgerSums, report: Report): void {
  if (wallet.seq !== seq) report(`the wallet counts ${wallet.seq} entries, the last one is ${seq}`, [wallet._id]);
}
