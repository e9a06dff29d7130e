import { isDeepStrictEqual } from 'node:util';
import type { PendingCommand } from '../../../shared/commands/command.model';
import { derivedId } from '../../../shared/platform/ids';
import type { Decided } from '../../../workers/batches/decide-batch';
import type { BatchReport } from '../../../workers/batches/run-batch';
import { carryOut, momentAt } from '../model';
import type { Prediction } from '../state';
import { demand, type Game } from './game';

/** What of a game a group changes: what is compared when several orders are possible is a copy. */
export type GroupView = Pick<Game, 'model' | 'holds' | 'laneOf'>;

/** Lets the model carry out what a group did, in its order and at its time, and compares every outcome. */
export function followGroup(view: GroupView, { decision, now }: BatchReport): void {
  const moment = momentAt(view.model, now.getTime());
  for (const decided of decision?.decided ?? []) {
    const { command, outcome } = decided;
    demand(command._id in view.model.commands, () => `${command._id} (${command.kind}) was never accepted`);
    // What the product itself has put off is due by its own time.
    if (view.laneOf.has(command._id)) demandOrder(view, command);
    const predicted = carryOut(view.model, command._id, moment);
    compareOutcome(decided, predicted, now);
    const accepted = view.model.commands[command._id];
    if (outcome.status === 'deferred' && accepted) accepted.putOff = +outcome.until;
    if (outcome.status !== 'done') continue;
    if (command.kind === 'hold.place') learnHold(view, decided, now);
    else if (command.kind === 'reservation.issue') view.holds.set(derivedId('hold', command._id), command._id);
    else learnOffers(view, decided, now);
  }
}

/** Within a lane clients' commands take effect in the order in which they were accepted, but for those that were put off. */
function demandOrder({ model, laneOf }: GroupView, { _id, lane, acceptedAt }: PendingCommand): void {
  if (model.commands[_id]?.putOff !== undefined) return;
  const overtaken = Object.entries(model.commands).find(
    ([id, other]) =>
      other.status === 'accepted' &&
      other.putOff === undefined &&
      laneOf.get(id) === lane &&
      (other.acceptedAt < +acceptedAt || (other.acceptedAt === +acceptedAt && id < _id)),
  );
  demand(overtaken === undefined, () => `${_id} was carried out, and ${overtaken?.[0]} was accepted before it`);
}

/** A group that says it had room for more has left nothing that was due. */
export function demandAllDue({ model, laneOf }: GroupView, { full, now }: BatchReport, lanes: readonly string[]): void {
  if (full) return;
  const left = Object.entries(model.commands).find(
    ([id, { status, acceptedAt, putOff = acceptedAt }]) =>
      status === 'accepted' && lanes.includes(laneOf.get(id) ?? '') && putOff <= now.getTime(),
  );
  demand(left === undefined, () => `${left?.[0]} was due, and not carried out`);
}

function compareOutcome({ command, outcome }: Decided, predicted: Prediction, now: Date): void {
  const actual = {
    status: outcome.status,
    code: outcome.status === 'refused' ? outcome.problem.code : undefined,
    facts: outcome.status === 'done' ? outcome.result : outcome.status === 'refused' ? outcome.problem.extra : {},
  };
  const facts = predicted.facts ?? {};
  const differs = Object.entries(facts).filter(([name, value]) => !isDeepStrictEqual(actual.facts?.[name], value));
  demand(
    actual.status === predicted.status && actual.code === predicted.code && differs.length === 0,
    () =>
      `${command._id} (${command.kind}) at ${now.toISOString()} must be ${JSON.stringify(predicted)}, not ${JSON.stringify(actual)}`,
  );
}

/** The ids of a hold and of its end are the product's own: the model learns them. */
function learnHold({ model, holds }: GroupView, { command, outcome }: Decided, now: Date): void {
  if (outcome.status !== 'done') return;
  const holdId = String(outcome.result.holdId);
  const [expire, ...others] = outcome.schedule ?? [];
  demand(!holds.has(holdId), () => `${holdId} was given twice`);
  demand(expire?.kind === 'hold.expire' && others.length === 0, () => `${command._id} schedules no end of its hold`);
  demand(
    +expire.dueAt === model.holds[command._id]?.end,
    () => `${expire._id} is due at ${expire.dueAt.toISOString()}`,
  );
  holds.set(holdId, command._id);
  model.commands[expire._id] = {
    ...{ userId: command.userId, request: { kind: 'hold.expire', hold: command._id } },
    ...{ acceptedAt: now.getTime(), status: 'accepted' },
  };
}

/** The same for what was offered: a hold of the model's, its end, and the command that goes with it. */
function learnOffers({ model, holds }: GroupView, { command, outcome }: Decided, now: Date): void {
  const scheduled = outcome.status === 'done' ? (outcome.schedule ?? []) : [];
  for (const { _id, kind, userId, dueAt } of scheduled) {
    const entry = derivedId('job', _id);
    const hold = model.holds[entry];
    demand(hold?.status === 'held' && hold.userId === userId, () => `${command._id} schedules ${_id} for no offer`);
    const accepted = { userId, acceptedAt: now.getTime(), status: 'accepted' } as const;
    if (kind === 'standby.offer') model.commands[_id] = { ...accepted, request: { kind, entry } };
    else {
      demand(+dueAt === hold.end, () => `${_id} is due at ${dueAt.toISOString()}`);
      const holdId = derivedId('hold', _id);
      demand(!holds.has(holdId), () => `${holdId} was given twice`);
      holds.set(holdId, entry);
      model.commands[_id] = { ...accepted, request: { kind: 'hold.expire', hold: entry } };
    }
  }
}
