import { catalogue, type Effect } from '../../shared/commands/catalogue';
import { commonId, type Derived, type EffectRow, prefixes, type SeenCommand, type SeenHold } from './documents';
import type { Findings, Report } from './findings';
import type { Rules } from './invariants';
import { mergeByKey, side } from './merge';
import { endsInOneState } from './one-final-state';
import type { AuditReader } from './reader';
import { reservationIsPaid } from './reservation-is-paid';
import { resultsAgree } from './results-agree';

const byCommonId = ({ _id }: { _id: string }) => commonId(_id);

/** Commands beside their effects: I4, I7, I9, and whether every live hold will end (I8). */
export async function effectsPass(reader: AuditReader, findings: Findings, rules: Rules): Promise<void> {
  const [i4, i7] = [findings.reporter('I4'), findings.reporter('I7')];
  const [i8, i9] = [findings.reporter('I8'), findings.reporter('I9')];
  const retried = new Set(await reader.retriedSince(new Date(rules.now.getTime() - rules.unfinishedMs)));
  const sides = {
    commands: side(reader.commands('job'), byCommonId),
    holds: side(reader.holds(), byCommonId),
    expires: side(reader.commands('expire'), byCommonId),
    payments: side(reader.payments(), byCommonId),
    reservations: side(reader.reservations(), byCommonId),
    entries: side(reader.entries('entry'), byCommonId),
    settlements: side(reader.entries('debt'), byCommonId),
    cancelled: side(reader.cancelledSeats(), ({ commandId }) => commonId(commandId)),
  };
  await mergeByKey(
    sides,
    (key, { commands, holds, expires, payments, reservations, entries, settlements, cancelled }) => {
      // Ids are unique, so there is at most one of each.
      const [command, expire, hold, reservation] = [commands[0], expires[0], holds[0], reservations[0]];
      const row: EffectRow = {
        ...{ command, expire, hold, reservation, cancelled },
        ...{ payment: payments[0], entry: entries[0], settlement: settlements[0] },
      };
      if (reservationIsPaid(row, i4)) findings.count('I4');
      for (const each of [command, expire]) {
        if (!each) continue;
        endsInOneState(each, rules, retried, i7);
        findings.count('I7');
      }
      if (hold) endIsScheduled(hold, expire, i8);
      commandAndEffects(key, row, rules, i9);
      findings.count('I9');
    },
  );
  for (const collection of Object.keys(prefixes) as Derived[])
    for await (const batch of reader.strayIds(collection))
      for (const { _id } of batch) i9(`an id in ${collection} that no command can have given`, [_id]);
}

/** I8: every live hold has the command waiting that will end it. */
function endIsScheduled(hold: SeenHold, expire: SeenCommand | undefined, report: Report): void {
  if (hold.status !== 'held' || expire?.status === 'accepted') return;
  report(`live, but its hold.expire ${expire ? `is ${expire.status}` : 'is missing'}`, [
    hold._id,
    hold.expireCommandId,
  ]);
}

const effects: Effect[] = ['hold', 'expire', 'payment', 'reservation', 'entry', 'settlement'];

/** I9: what a command made is there if and only if it is done, and its result says the same. `key`: see `commonId`. */
function commandAndEffects(key: string, row: EffectRow, rules: Rules, report: Report): void {
  const { command } = row;
  const { makes: expected, mayMake = [] } = madeBy(command);
  for (const effect of effects) {
    const doc = row[effect];
    if (doc && !command && !(madeAt(row, effect) < rules.commandsBefore))
      report(`${name(effect)} without its command`, [doc._id, `job_${key}`]);
    else if (doc && command && !expected.includes(effect) && !mayMake.includes(effect))
      report(`${name(effect)} by a ${command.kind} that is ${command.status}`, [doc._id, command._id]);
    else if (!doc && command && expected.includes(effect) && !mayBeGone(effect, command, rules))
      report(`a ${command.kind} is done, but its ${effect} is not there`, [command._id]);
    if (doc && 'commandId' in doc && doc.commandId !== `job_${key}`)
      report(`${name(effect)} that names another command than its id does`, [doc._id, doc.commandId]);
  }
  resultsAgree(row, rules, report);
}

/** When its command ended. */
function madeAt({ hold, expire, payment, reservation, entry, settlement }: EffectRow, effect: Effect): Date {
  const times = {
    ...{ hold: hold?.placedAt, expire: expire?.acceptedAt, payment: payment?.paidAt },
    ...{ reservation: reservation?.reservedAt, entry: entry?.at, settlement: settlement?.at },
  };
  return times[effect] ?? new Date(Number.NaN);
}

/** What was made by a command that ended then may have been deleted since; the books never are. */
function mayBeGone(effect: Effect, { finishedAt }: SeenCommand, { commandsBefore, holdsBefore }: Rules): boolean {
  if (effect !== 'hold' && effect !== 'expire') return false;
  return finishedAt !== null && finishedAt < (effect === 'hold' ? holdsBefore : commandsBefore);
}

function madeBy(command: SeenCommand | undefined): { makes: readonly Effect[]; mayMake?: readonly Effect[] } {
  return (command?.status === 'done' && catalogue[command.kind]) || { makes: [] };
}

function name(effect: Effect): string {
  if (effect === 'entry' || effect === 'settlement') return 'a ledger entry';
  return effect === 'expire' ? 'a hold.expire' : `a ${effect}`;
}
