import type { Context } from '../../shared/context';
import type { Tracing } from '../../shared/tracing/types';
import type { Decided } from './decide-batch';
import type { BatchReport } from './run-batch';

/**
 * Continues the traces of the requests that a batch's commands came from: a span for each job, from its acceptance to the
 * batch's commit, and one for the batch with its calls to MongoDB, below its first job and linked from the others. Batches
 * of commands without a trace make none.
 */
export async function tracedBatch(context: Context, run: () => Promise<BatchReport>): Promise<BatchReport> {
  const { tracing } = context;
  if (!tracing) return run();
  const startTime = Date.now();
  const { value: report, calls } = await tracing.collect(run);
  const decided = report.decision?.decided ?? [];
  const traced = decided.filter(({ command }) => command.trace !== undefined);
  const [first, ...others] = traced;
  if (!first) return report;
  const job = startJob(context, tracing, first);
  const attributes = { 'frontrow.group.size': decided.length };
  const group = tracing.start('group', { parent: job.traceparent, startTime, attributes });
  tracing.addCalls(group.traceparent, calls);
  group.end();
  job.end();
  for (const other of others) startJob(context, tracing, other, [group.traceparent]).end();
  return report;
}

function startJob({ clock }: Context, tracing: Tracing, { command, outcome }: Decided, links: string[] = []) {
  const { _id, kind, lane, trace, acceptedAt } = command;
  return tracing.start(`job ${kind}`, {
    kind: 'consumer',
    parent: trace,
    links,
    // Acceptance is in the database's time, spans are in this machine's.
    startTime: acceptedAt.getTime() - clock.skewMs - clock.offsetMs,
    attributes: {
      'frontrow.command.id': _id,
      'frontrow.command.kind': kind,
      'frontrow.command.status': outcome.status,
      'frontrow.lane': lane,
    },
  });
}
