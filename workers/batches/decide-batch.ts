import type { CommandDoc, PendingCommand } from '../../shared/commands/command.model';
import type { SeatDoc } from '../../shared/concerts/seat.model';
import type { Documents } from '../../shared/models';
import type { Config } from '../../shared/platform/config';
import type { StandbyEntryDoc } from '../../shared/standby/standby.model';
import type { Handler, Outcome } from '../handler';
import { handlers } from '../handlers';
import type { BatchState, Slot } from './batch-state';

export interface Decided {
  command: PendingCommand;
  outcome: Outcome;
}

export interface BatchDecision {
  decided: Decided[];
  schedule: CommandDoc[];
  skip: string[];
  /** Commands that are due now, since the one before them is final. */
  start: string[];
  /** Seats whose status is another than before the batch. */
  seats: SeatDoc[];
  /** Places on standby that are new, or whose status is another. */
  places: StandbyEntryDoc[];
}

/** Decides the commands one after another: each sees what those before it did. The changes end up in `state`. */
export function decideBatch(
  config: Config,
  state: BatchState,
  commands: readonly PendingCommand[],
  now: Date,
): BatchDecision {
  const decision: BatchDecision = { decided: [], schedule: [], skip: [], start: [], seats: [], places: [] };
  const skipped = new Set<string>();
  for (const command of commands) {
    if (skipped.has(command._id)) continue;
    const handler = handlers[command.kind] as Handler<typeof command.kind>;
    const outcome = handler.decide({ state, command: command as never, now, config });
    decision.decided.push({ command, outcome });
    if (outcome.status !== 'deferred') state.finish(command._id);
    const next = outcome.status !== 'deferred' && handler.next?.(command.payload as never);
    if (next) decision.start.push(next);
    if (outcome.status !== 'done') continue;
    state.apply(outcome.changes);
    decision.schedule.push(...(outcome.schedule ?? []));
    for (const id of outcome.skip ?? []) skipped.add(id);
  }
  decision.skip = [...skipped];
  decision.seats = changed(state.slots.seats);
  decision.places = changed(state.slots.standbyEntries);
  return decision;
}

function changed<C extends 'seats' | 'standbyEntries'>(slots: ReadonlyMap<string, Slot<C>>): Documents[C][] {
  return Array.from(slots.values()).flatMap(({ loaded, current }) =>
    loaded?.status === current.status ? [] : (current as Documents[C]),
  );
}
