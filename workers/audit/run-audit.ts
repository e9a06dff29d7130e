import { effectsPass } from './effects-pass';
import { createFindings, type Findings, joinFindings } from './findings';
import { givenPass } from './given-pass';
import { holdsPass } from './holds-pass';
import { type Invariant, invariants, type Rules, titles, type Violation } from './invariants';
import { ledgerPass } from './ledger-pass';
import { moneyPass } from './money-pass';
import type { AuditReader } from './reader';
import { refundsPass } from './refunds-pass';
import { type RoomCounter, roomsPass } from './rooms-pass';
import { seatsPass } from './seats-pass';
import { type AuditSource, withSnapshotReader } from './snapshot-reader';
import { standbyPass } from './standby-pass';

/** Of these the database says what they are. */
type Read = 'now' | 'commandsBefore' | 'holdsBefore';

export interface AuditOptions extends Partial<Omit<Rules, Read>> {
  /** Most violations that are named for each invariant; all are counted. */
  limit?: number;
  /** Without it I10 is not checked: its numbers are in Redis. */
  rooms?: RoomCounter;
}

export interface AuditResult {
  startedAt: Date;
  seconds: number;
  /** Of all invariants. */
  broken: number;
  checks: { invariant: Invariant; title: string; checked: number; broken: number }[];
  violations: Violation[];
}

/** A pass over the data of one moment; several invariants are checked on the way. */
type Pass = (reader: AuditReader, findings: Findings, rules: Rules) => Promise<void>;

export const passes: readonly Pass[] = [
  ledgerPass,
  effectsPass,
  holdsPass,
  seatsPass,
  moneyPass,
  refundsPass,
  givenPass,
  standbyPass,
];

const defaults = { holdGraceMs: 5000, clockStepMs: 1000, unfinishedMs: 60_000, quiet: false, limit: 20 };
/** SnapshotUnavailable: a collection or an index changed at that very moment. */
const snapshotUnavailable = 246;

/**
 * Checks the invariants on a database, also while it is in use: it only reads, and what it compares is of one moment.
 * Memory does not grow with the data.
 * @throws a driver's error when MongoDB or Redis is away, or when one pass takes longer than MongoDB keeps a snapshot
 */
export async function runAudit(source: AuditSource, options: AuditOptions = {}): Promise<AuditResult> {
  const { limit, rooms, ...rules } = { ...defaults, ...options };
  const startedAt = new Date();
  const all: Findings[] = [];
  for (const pass of passes) all.push(await runPass(source, pass, rules, limit));
  if (rooms) {
    const findings = createFindings(limit);
    const now = await withSnapshotReader(source, async (reader) => reader.now);
    await roomsPass(source.models, rooms, now, findings);
    all.push(findings);
  }
  return { startedAt, seconds: (Date.now() - startedAt.getTime()) / 1000, ...toResult(joinFindings(all, limit)) };
}

/** What passes found, as the table and the list of a result. */
function toResult({ checked, broken, violations }: Findings): Omit<AuditResult, 'startedAt' | 'seconds'> {
  const checks = invariants.map((invariant) => ({
    ...{ invariant, title: titles[invariant] },
    ...{ checked: checked[invariant], broken: broken[invariant] },
  }));
  return { checks, violations, broken: checks.reduce((sum, check) => sum + check.broken, 0) };
}

async function runPass(
  source: AuditSource,
  pass: Pass,
  rules: Omit<Rules, Read>,
  limit: number,
  tries = 3,
): Promise<Findings> {
  const findings = createFindings(limit);
  try {
    await withSnapshotReader(source, async (reader) =>
      pass(reader, findings, { ...rules, ...(await reader.horizon()), now: reader.now }),
    );
    return findings;
  } catch (error) {
    const transient = (error as { code?: unknown }).code === snapshotUnavailable;
    if (transient && tries > 1) return runPass(source, pass, rules, limit, tries - 1);
    throw error;
  }
}
