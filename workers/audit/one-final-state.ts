import { commandStatuses } from '../../shared/commands/command.model';
import type { SeenCommand } from './documents';
import type { Report } from './findings';
import type { Rules } from './invariants';

/**
 * I7: every accepted command ends in exactly one final state, and what it keeps goes with that state.
 * @param retried commands that were retried lately: they are due since long ago
 */
export function endsInOneState(command: SeenCommand, rules: Rules, retried: ReadonlySet<string>, report: Report): void {
  const { _id, kind, status, dueAt, finishedAt, result } = command;
  if (!commandStatuses.includes(status)) {
    report(`a ${kind} in the unknown state ${status}`, [_id]);
  } else if (status === 'accepted') {
    if (isLate(command, rules, retried)) report(`a ${kind}, due at ${dueAt.toISOString()}, is unfinished`, [_id]);
    if (result || finishedAt) report(`an unfinished ${kind} has an outcome`, [_id]);
  } else keepsItsOutcome(command, report);
}

function keepsItsOutcome({ _id, kind, status, finishedAt, result, problem }: SeenCommand, report: Report): void {
  if (!finishedAt) report(`a ${kind} is ${status}, but since when?`, [_id]);
  if ((status === 'done') !== (result !== null))
    report(`a ${status} ${kind} ${result ? 'has a' : 'without'} result`, [_id]);
  if ((status === 'refused' || status === 'failed') !== (problem !== null))
    report(`a ${status} ${kind} ${problem ? 'has a' : 'without a'} problem`, [_id]);
}

function isLate({ _id, kind, dueAt }: SeenCommand, rules: Rules, retried: ReadonlySet<string>): boolean {
  const { now, quiet, unfinishedMs } = rules;
  if (quiet) return kind !== 'hold.expire' || dueAt <= now;
  return dueAt.getTime() + unfinishedMs < now.getTime() && !retried.has(_id);
}
