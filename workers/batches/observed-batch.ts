import { commandKinds } from '../../shared/commands/catalogue';
import type { PendingCommand } from '../../shared/commands/command.model';
import type { Context } from '../../shared/context';
import type { Metrics } from '../../shared/metrics/metrics';
import type { Logger } from '../../shared/platform/logger';
import type { Decided } from './decide-batch';
import { isTransient } from './is-transient';
import type { BatchReport } from './run-batch';
import { OutOfDate } from './write-batch';

type LoggedCommand = Pick<PendingCommand, '_id' | 'lane' | 'userId' | 'kind' | 'requestId' | 'payload'>;

/** Runs a batch, counts and logs its outcomes. A run that found nothing to do is no batch. */
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
      for (const decided of report.decision.decided) logOutcome(logger, decided);
      // Only expiries are ever skipped: those of holds that were paid or released.
      const skipped = report.decision.skip.length;
      if (skipped > 0) metrics.finished.inc({ kind: 'hold.expire', status: 'skipped', code: '' }, skipped);
    }
    return report;
  } catch (error) {
    metrics.groupsFailed.inc({ passing: String(error instanceof OutOfDate || isTransient(error)) });
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

/** What was refused is what people ask about: at `info`. All else is at `debug`. */
function logOutcome(logger: Logger, { command, outcome }: Decided): void {
  const { status } = outcome;
  if (status === 'refused') logger.info({ ...logFields(command), code: outcome.problem.code }, 'command refused');
  else if (logger.isLevelEnabled('debug')) logger.debug({ ...logFields(command), status }, 'command decided');
}

/** By what a command is found in the log. */
export function logFields({ _id, lane, userId, kind, requestId, payload }: LoggedCommand) {
  const { holdId } = (payload ?? {}) as { holdId?: unknown };
  return { command: _id, lane, user: userId, kind, requestId, ...(typeof holdId === 'string' && { hold: holdId }) };
}

/** Creates the counters that alerts watch: to Prometheus the step from no counter to 1 is no increase. */
export function countFromZero({ finished, takeOvers, groupsFailed }: Metrics): void {
  for (const kind of commandKinds) finished.inc({ kind, status: 'failed', code: 'COMMAND_FAILED' }, 0);
  for (const yesOrNo of ['true', 'false']) {
    takeOvers.inc({ crashed: yesOrNo }, 0);
    groupsFailed.inc({ passing: yesOrNo }, 0);
  }
}
