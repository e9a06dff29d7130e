import { setTimeout as sleep } from 'node:timers/promises';
import { type Models, native } from '../../../shared/models';
import { runAudit } from '../../../workers/audit/run-audit';
import type { Environment } from '../environment/environment';
import { errorLines } from '../environment/log-lines';
import type { History } from '../load/history';
import { checkHistory, type Place } from './check-history';
import { checkLanes } from './check-lanes';
import { checkOrder } from './check-order';

interface Verification {
  /** Empty when every promise held. */
  violations: string[];
  /** What was looked at, for the report. */
  measured: Record<string, number | string>;
  /** Of each finished command of a client, by its id. */
  places: ReadonlyMap<string, Place>;
}

/** How long after the faults all must be finished, besides holds that have yet to end. */
const settleMs = 30_000;

/** After the faults: quiet, then the audit of the database, the clients' history, and the lanes' histories. */
export async function verify(environment: Environment, history: History): Promise<Verification> {
  const { models, connection, config } = environment;
  const { dueMs, unfinished } = await untilQuiet(models, config.HOLD_SECONDS * 1000 + settleMs);
  const audit = await runAudit({ models, connection }, { quiet: true });
  const { broken, places } = await checkHistory(models, history);
  const order = checkOrder(history.records, places);
  const errors = await errorLines([...environment.apis, ...environment.workers].flatMap((kept) => kept.logs()));
  const violations = [
    ...(unfinished > 0 ? [`${unfinished} commands are unfinished although all has been quiet`] : []),
    ...audit.violations.map(({ invariant, message, ids }) => `${invariant}: ${message} (${ids.join(', ')})`),
    ...(audit.broken > audit.violations.length ? [`${audit.broken} violations of invariants in all`] : []),
    ...broken,
    ...order.broken,
    ...(await checkLanes(models)),
    ...environment.unexpected,
    ...errors.map((line) => `logged as an error: ${line}`),
  ];
  return {
    violations,
    places,
    measured: { ...summarise(history), 'in order': order.compared, 'quiet after ms': dueMs },
  };
}

function summarise({ records, counts }: History): Verification['measured'] {
  const outcomes = records.flatMap(({ outcome }) => outcome ?? []);
  return {
    commands: records.length,
    done: outcomes.filter(({ status }) => status === 'done').length,
    refused: outcomes.filter(({ status }) => status === 'refused').length,
    tries: records.reduce((sum, { tries }) => sum + tries, 0),
    'slowest outcome ms': Math.round(slowestMs(records)),
    'answers lost': records.reduce((sum, { lostTries }) => sum + lostTries, 0),
    answers: [...counts].map(([what, count]) => `${what} ${count}`).join(', '),
  };
}

/** From the first 202 to the sight of the outcome. */
export function slowestMs(records: History['records']): number {
  const waits = records.map(({ acceptedAt, outcomeAt }) => (acceptedAt && outcomeAt ? outcomeAt - acceptedAt : 0));
  return waits.reduce((most, wait) => Math.max(most, wait), 0);
}

/**
 * Waits until no command is unfinished, the ends of holds included.
 * @returns milliseconds until all that was due was done, and how many were unfinished when time was up
 */
export async function untilQuiet(models: Models, deadlineMs: number): Promise<{ dueMs: number; unfinished: number }> {
  const start = performance.now();
  const commands = native(models, 'commands');
  let dueMs: number | null = null;
  for (;;) {
    const unfinished = await commands.countDocuments({ status: 'accepted' }).catch(() => Infinity);
    const due = unfinished && (await commands.countDocuments(dueNow).catch(() => Infinity));
    const ms = performance.now() - start;
    if (due === 0) dueMs ??= ms;
    if (unfinished === 0 || ms > deadlineMs) return { dueMs: Math.round(dueMs ?? ms), unfinished };
    await sleep(50);
  }
}

const dueNow = { status: 'accepted' as const, $expr: { $lte: ['$dueAt', '$$NOW'] } };
