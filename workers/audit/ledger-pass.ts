import { pointKinds } from '../../shared/points/point-entry.model';
import type { SeenEntry, SeenWallet } from './documents';
import type { Findings, Report } from './findings';
import { compareKeys, type Head, openHead } from './head';
import type { AuditReader } from './reader';

/** What the entries of one user, so far, come to. */
interface LedgerSums {
  count: number;
  sum: number;
  /** Of the last entry. */
  seq: number;
  balance: number;
}

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
    findings.count('I1');
    findings.count('I2', sums.count);
    findings.count('I3', sums.count + 1);
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

/** I1: balance = sum of the wallet's entries. */
function balanceIsSum(userId: string, wallet: SeenWallet | null, { sum, count }: LedgerSums, report: Report): void {
  if (!wallet) report(`${count} entries that add up to ${sum}, and no wallet`, [userId]);
  else if (wallet.balance !== sum) report(`the wallet holds ${wallet.balance}, its entries add up to ${sum}`, [userId]);
}

/** What an entry adds to the balance. */
function signedAmount({ kind, amount }: SeenEntry): number {
  return kind === 'use' || kind === 'reversal' ? -amount : amount;
}

/** I2, for each entry: numbers are gapless and each `balanceAfter` follows from the one before. */
function entryFollows(entry: SeenEntry, before: LedgerSums, report: Report): void {
  const { _id, userId, seq, kind, amount, balanceAfter } = entry;
  if (seq !== before.seq + 1) report(`entry ${seq} comes after entry ${before.seq}`, [_id, userId]);
  if (!pointKinds.includes(kind) || !Number.isSafeInteger(amount) || amount < 1)
    report(`an entry of kind ${kind} and amount ${amount}`, [_id, userId]);
  if (balanceAfter !== before.balance + signedAmount(entry))
    report(`balance ${before.balance}, ${kind} ${amount}, but then balance ${balanceAfter}`, [_id, userId]);
}

/** I2, for each wallet: it counts as many entries as there are. */
function countAgrees(wallet: SeenWallet, { seq }: LedgerSums, report: Report): void {
  if (wallet.seq !== seq) report(`the wallet counts ${wallet.seq} entries, the last one is ${seq}`, [wallet._id]);
}

/** I3: no balance is ever negative, nor anything but whole points; now or after any entry. */
function balanceNotNegative(doc: SeenWallet | SeenEntry, report: Report): void {
  const entry = 'balanceAfter' in doc;
  const balance = entry ? doc.balanceAfter : doc.balance;
  if (Number.isSafeInteger(balance) && balance >= 0) return;
  report(`a balance of ${balance}`, entry ? [doc._id, doc.userId] : [doc._id]);
}
