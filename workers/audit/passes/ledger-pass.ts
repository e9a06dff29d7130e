import type { LedgerSums, SeenEntry, SeenWallet } from '../documents';
import type { Findings, Report } from '../findings';
import { compareKeys, type Head, openHead } from '../head';
import { balanceIsSum } from '../invariants/i1-balance-is-sum';
import { countAgrees, entryFollows, signedAmount } from '../invariants/i2-entries-follow';
import { balanceNotNegative } from '../invariants/i3-never-negative';
import type { AuditReader } from '../reader';

/** Wallets beside their entries, user by user: I1, I2, I3. Holds one entry at a time, however long a ledger is. */
export async function ledgerPass(reader: AuditReader, findings: Findings): Promise<void> {
  const wallets = await openHead(reader.wallets(), (wallet) => wallet._id);
  const entries = await openHead(reader.ledger(), (entry) => entry.userId);
  const [i1, i2, i3] = (['I1', 'I2', 'I3'] as const).map(findings.reporter) as [Report, Report, Report];
  while (wallets.doc !== null || entries.doc !== null) {
    const userId = firstUser(wallets, entries);
    const wallet = wallets.doc !== null && wallets.key === userId ? wallets.doc : null;
    const sums = await addUp(entries, userId, i2, i3);
    balanceIsSum(userId, wallet, sums, i1);
    if (wallet) {
      countAgrees(wallet, sums, i2);
      balanceNotNegative(wallet, i3);
      if (!wallets.advance()) await wallets.refill();
    }
    findings.looked('I1');
    findings.looked('I2', sums.count);
    findings.looked('I3', sums.count + 1);
  }
}

function firstUser(wallets: Head<SeenWallet>, entries: Head<SeenEntry>): string {
  if (wallets.doc === null) return entries.key;
  if (entries.doc === null) return wallets.key;
  return compareKeys(wallets.key, entries.key) <= 0 ? wallets.key : entries.key;
}

async function addUp(entries: Head<SeenEntry>, userId: string, i2: Report, i3: Report): Promise<LedgerSums> {
  const sums: LedgerSums = { count: 0, sum: 0, seq: 0, balance: 0 };
  while (entries.doc !== null && entries.key === userId) {
    const entry = entries.doc;
    entryFollows(entry, sums, i2);
    balanceNotNegative(entry, i3);
    sums.count += 1;
    sums.sum += signedAmount(entry);
    sums.seq = entry.seq;
    sums.balance = entry.balanceAfter;
    if (!entries.advance()) await entries.refill();
  }
  return sums;
}
