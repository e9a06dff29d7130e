import type { CommandDoc } from '../commands/command.model';
import type { TopUpDoc, TopUpStatus } from './top-up.model';

/** What became of a paid top-up by the command that it became: `settled`, `held`, or null while that is unfinished. */
export function afterCharge(
  command: Pick<CommandDoc, 'status' | 'problem'> | null,
): (Pick<TopUpDoc, 'reason'> & { status: Extract<TopUpStatus, 'settled' | 'held'> }) | null {
  if (!command || command.status === 'accepted') return null;
  if (command.status === 'done') return { status: 'settled', reason: null };
  return { status: 'held', reason: command.problem?.detail ?? 'the points were not added' };
}
