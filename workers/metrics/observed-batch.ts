import type { Context } from '../../shared/context';
import type { Metrics } from '../../shared/metrics/metrics';
import type { Decided } from '../batches/decide-batch';
import { isTransient } from '../batches/is-transient';
import type { BatchReport } from '../batches/run-batch';

/** Runs a group, counts what came of it, and logs it at `debug`. A look that found nothing to do is no group. */
export async function observedBatch(context: Context, run: () => Promise<BatchReport>): Promise<BatchReport> {
  const { metrics, logger } = context;
  const startedAt = performance.now();
  try {
    const report = await run();
    if (report.lost.length > 0) metrics.fenceRefusals.inc(report.lost.length);
    if (report.decision) {
      metrics.groupDuration.observe((performance.now() - startedAt) / 1000);
      metrics.groupSize.observe(report.decision.decided.length);
      for (const decided of report.decision.decided) countOutcome(metrics, decided, report.now);
      if (logger.isLevelEnabled('debug')) for (const decided of report.decision.decided) logOutcome(context, decided);
      // Only expiries are ever skipped by others: those of holds that were paid or given back.
      const skipped = report.decision.skip.length;
      if (skipped > 0) metrics.finished.inc({ kind: 'hold.expire', status: 'skipped', code: '' }, skipped);
    }
    return report;
  } catch (error) {
    metrics.groupsFailed.inc({ passing: String(isTransient(error)) });
    throw error;
  }
}

function countOutcome(metrics: Metrics, { command, outcome }: Decided, now: Date): void {
  const { kind, acceptedAt, dueAt } = command;
  if (outcome.status === 'deferred') return;
  const code = outcome.status === 'refused' ? outcome.problem.code : '';
  metrics.finished.inc({ kind, status: outcome.status, code });
  if (kind === 'hold.expire') {
    if (outcome.status === 'done') metrics.holdLateness.observe(Math.max(0, now.getTime() - dueAt.getTime()) / 1000);
  } else metrics.acceptToFinal.observe({ kind }, Math.max(0, now.getTime() - acceptedAt.getTime()) / 1000);
}

function logOutcome({ logger }: Context, { command, outcome }: Decided): void {
  const { _id, lane, userId, kind } = command;
  const code = outcome.status === 'refused' ? outcome.problem.code : undefined;
  logger.debug({ command: _id, lane, user: userId, kind, status: outcome.status, code }, 'command decided');
}
