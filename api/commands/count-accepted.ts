import type { CommandDoc } from '../../shared/commands/command.model';
import type { Metrics } from '../../shared/metrics/metrics';

/** Counts one group of commands: those that were stored, and repeats of earlier ones. */
export function countAccepted(
  { accepted, replayed }: Metrics,
  commands: readonly CommandDoc[],
  repeats: ReadonlySet<CommandDoc>,
): void {
  for (const command of commands) (repeats.has(command) ? replayed : accepted).inc({ kind: command.kind });
}
