import { derivedId } from '../../shared/platform/ids';
import type { PointEntryDoc } from '../../shared/points/point-entry.model';
import type { WalletDoc } from '../../shared/points/wallet.model';
import type { Change } from '../handler';

/**
 * One ledger entry and the balance that follows from it; the only way a balance changes. The entry's id follows from the
 * command's, so that no command can ever give two.
 * @param prefix of the entry's id: `debt` for the second one of a charge, which settles a debt
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

const isTaken = ({ kind }: Pick<PointEntryDoc, 'kind'>) => kind === 'use' || kind === 'reversal';
