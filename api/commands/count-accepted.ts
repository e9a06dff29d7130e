import type { CommandDoc } from '../../shared/commands/command.model';
import type { Metrics } from '../../shared/metrics/metrics';

/** Counts the commands of a batch that were stored. */
export function countAccepted({ accepted }: Metrics, stored: readonly CommandDoc[]): void {
  for (const { kind } of stored) accepted.inc({ kind });
}
