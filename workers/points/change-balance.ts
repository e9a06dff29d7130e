import { derivedId } from '../../shared/platform/ids';
import type { PointEntryDoc } from '../../shared/points/point-entry.model';
import type { WalletDoc } from '../../shared/points/wallet.model';
import type { Change } from '../handler';

/**
 * One ledger entry and the balance that follows from it; the only way a balance changes. The entry's id follows from the
 * command's, so that no command can ever give two.
 * @param prefix of the entry's id: `debt` for the second one of a command, which settles a debt
 */
export function changeBalance(
  wallet: WalletDoc,
  entry: Pick<PointEntryDoc, 'kind' | 'amount' | 'at' | 'commandId' | 'paymentId'>,
  prefix: 'entry' | 'debt' = 'entry',
): { balance: number; changes: Change[] } {
  const seq = wallet.seq + 1;
  const balance = wallet.balance + (isTaken(entry) ? -entry.amount : entry.amount);
  const changes: Change[] = [
    { collection: 'wallets', doc: { ...wallet, balance, seq } },
    {
      collection: 'pointEntries',
      doc: { _id: derivedId(prefix, entry.commandId), userId: wallet._id, seq, balanceAfter: balance, ...entry },
    },
  ];
  return { balance, changes };
}

type Added = Pick<PointEntryDoc, 'amount' | 'at' | 'commandId' | 'paymentId'> & { kind: 'charge' | 'refund' };

/** Adds points, and at once gives what the wallet owes of them. `settled`: missing if it owes nothing. */
export function addPoints(wallet: WalletDoc, entry: Added): { balance: number; changes: Change[]; settled?: number } {
  const { balance, changes } = changeBalance(wallet, entry);
  const { debt = 0 } = wallet;
  const settled = Math.min(debt, balance);
  if (settled === 0) return { balance, changes };
  const added = { ...wallet, balance, seq: wallet.seq + 1, debt: debt - settled };
  const taken = { ...entry, kind: 'reversal', amount: settled, paymentId: null } as const;
  const after = changeBalance(added, taken, 'debt');
  return { balance: after.balance, changes: [...changes, ...after.changes], settled };
}

const isTaken = ({ kind }: Pick<PointEntryDoc, 'kind'>) => kind === 'use' || kind === 'reversal';
