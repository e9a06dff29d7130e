import { catalogue, type Effect, isKnownKind } from '../../shared/commands/catalogue';
import { idAt } from '../../shared/platform/ids';
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
    standbys: side(reader.standbyEntries(), byCommonId),
    offers: side(reader.commands('offer'), byCommonId),
    cancelled: side(reader.cancelledSeats(), ({ commandId }) => commonId(commandId)),
  };
  await mergeByKey(sides, (key, { commands, holds, expires, payments, reservations, cancelled, ...others }) => {
    // Ids are unique, so there is at most one of each.
    const [command, expire, hold, reservation] = [commands[0], expires[0], holds[0], reservations[0]];
    const [entry, settlement] = [others.entries[0], others.settlements[0]];
    const [standby, offer] = [others.standbys[0], others.offers[0]];
    const made = { expire, hold, reservation, payment: payments[0], entry, settlement, standby, offer };
    const row: EffectRow = { command, ...made, cancelled };
    if (reservationIsPaid(row, i4)) findings.count('I4');
    for (const each of [command, expire, offer]) {
      if (!each) continue;
      endsInOneState(each, rules, retried, i7);
      findings.count('I7');
    }
    if (hold) endIsScheduled(hold, expire, i8);
    commandAndEffects(key, row, rules, i9);
    findings.count('I9');
  });
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

const effects: Effect[] = [
  ...(['hold', 'expire', 'payment', 'reservation', 'entry', 'settlement'] as const),
  ...(['standby', 'offer'] as const),
];

/** I9: what a command made is there if and only if it is done, and its result says the same. `key`: see `commonId`. */
function commandAndEffects(key: string, row: EffectRow, rules: Rules, report: Report): void {
  const { command } = row;
  const { makes: expected, mayMake = [] } = madeBy(row);
  for (const effect of effects) {
    const doc = row[effect];
    if (doc && !command && !mayBeAlone(row, effect, rules))
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

/** Whether the command may have been deleted that made it. */
function mayBeAlone(row: EffectRow, effect: Effect, { commandsBefore }: Rules): boolean {
  const { hold, expire, payment, reservation, entry, settlement, standby, offer } = row;
  // Seats are offered long after the command that joined the line: when that was is left in the ids.
  const offered = standby ?? offer ?? (hold?.standbyId === undefined ? undefined : hold);
  if (offered) return commonId(offered._id) < commonId(idAt('job', commandsBefore.getTime()));
  // When the command ended.
  const times: Partial<Record<Effect, Date | undefined>> = {
    ...{ hold: hold?.placedAt, expire: expire?.acceptedAt, payment: payment?.paidAt },
    ...{ reservation: reservation?.reservedAt, entry: entry?.at, settlement: settlement?.at },
  };
  return (times[effect] ?? new Date(Number.NaN)) < commandsBefore;
}

/** What was made by a command that ended then may have been deleted since; the books never are. */
function mayBeGone(effect: Effect, { kind, finishedAt }: SeenCommand, { commandsBefore, holdsBefore }: Rules): boolean {
  if (finishedAt === null) return false;
  // A place is deleted with what was offered to it, in parts.
  if (kind === 'standby.join') return finishedAt < holdsBefore || (effect !== 'standby' && finishedAt < commandsBefore);
  if (effect !== 'hold' && effect !== 'expire') return false;
  return finishedAt < (effect === 'hold' ? holdsBefore : commandsBefore);
}

function madeBy({ command, hold, standby }: EffectRow): { makes: readonly Effect[]; mayMake?: readonly Effect[] } {
  if (command?.status !== 'done') return { makes: [] };
  // Of a newer version: that one's audit knows what it makes.
  if (!isKnownKind(command.kind)) return { makes: [], mayMake: effects };
  const definition = catalogue[command.kind];
  // Whoever was offered seats got them for having joined the line.
  if (command.kind !== 'standby.join' || !(standby?.holdId ?? hold)) return definition;
  return { makes: [...definition.makes, 'hold', 'expire', 'offer'] };
}

function name(effect: Effect): string {
  if (effect === 'entry' || effect === 'settlement') return 'a ledger entry';
  if (effect === 'standby') return 'a place on standby';
  if (effect === 'offer') return 'a standby.offer';
  return effect === 'expire' ? 'a hold.expire' : `a ${effect}`;
}
