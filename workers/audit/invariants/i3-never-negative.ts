import type { SeenEntry, SeenWallet } from '../documents';
import type { Report } from '../findings';

/** I3: no balance is ever negative, nor anything but whole points; now or after any entry. */
export function balanceNotNegative(doc: SeenWallet | SeenEntry, report: Report): void {
  const entry = 'balanceAfter' in doc;
  const balance = entry ? doc.balanceAfter : doc.balance;
  if (Number.isSafeInteger(balance) && balance >= 0) return;
  report(`a balance of ${balance}`, entry ? [doc._id, doc.userId] : [doc._id]);
}
