import { commonId, type Derived, type EffectRow, prefixes } from '../documents';
import type { Findings } from '../findings';
import type { Rules } from '../invariants';
import { reservationIsPaid } from '../invariants/i4-reservation-is-paid';
import { endsInOneState } from '../invariants/i7-one-final-state';
import { endIsScheduled } from '../invariants/i8-holds-end';
import { commandAndEffects } from '../invariants/i9-commands-and-effects';
import { mergeByKey, side } from '../merge';
import type { AuditReader } from '../reader';

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
    entries: side(reader.entries(), byCommonId),
  };
  await mergeByKey(sides, (key, { commands, holds, expires, payments, reservations, entries }) => {
    // Ids are unique, so there is at most one of each.
    const [command, expire, hold, reservation] = [commands[0], expires[0], holds[0], reservations[0]];
    const row: EffectRow = { command, expire, hold, reservation, payment: payments[0], entry: entries[0] };
    if (reservationIsPaid(row, i4)) findings.looked('I4');
    for (const each of [command, expire]) {
      if (!each) continue;
      endsInOneState(each, rules, retried, i7);
      findings.looked('I7');
    }
    if (hold) endIsScheduled(hold, expire, i8);
    commandAndEffects(key, row, i9);
    findings.looked('I9');
  });
  for (const collection of Object.keys(prefixes) as Derived[])
    for await (const batch of reader.strayIds(collection))
      for (const { _id } of batch) i9(`an id in ${collection} that no command can have given`, [_id]);
}
