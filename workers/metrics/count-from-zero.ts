import { commandKinds } from '../../shared/commands/catalogue';
import type { Metrics } from '../../shared/metrics/metrics';

/** Makes the counters of what must not happen unnoticed: the step from no counter to 1 is no increase to Prometheus. */
export function countFromZero({ finished, takeOvers, groupsFailed }: Metrics): void {
  for (const kind of commandKinds) finished.inc({ kind, status: 'failed', code: 'COMMAND_FAILED' }, 0);
  for (const yesOrNo of ['true', 'false']) {
    takeOvers.inc({ crashed: yesOrNo }, 0);
    groupsFailed.inc({ passing: yesOrNo }, 0);
  }
}
