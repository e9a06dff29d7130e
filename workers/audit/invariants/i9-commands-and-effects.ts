import type { CommandKind } from '../../../shared/commands/catalogue';
import type { EffectRow } from '../documents';
import type { Report } from '../findings';
import { resultsAgree } from './i9-results';

type Effect = Exclude<keyof EffectRow, 'command'>;
const effects: Effect[] = ['hold', 'expire', 'payment', 'reservation', 'entry'];

/** What a command that is done has made. */
const made: Record<CommandKind, readonly Effect[]> = {
  'hold.place': ['hold', 'expire'],
  'hold.release': [],
  'hold.expire': [],
  'points.charge': ['entry'],
  'points.use': ['entry'],
  'payment.pay': ['payment', 'reservation', 'entry'],
};

/** I9: what a command made is there if and only if it is done, and its result says the same. `key`: see `commonId`. */
export function commandAndEffects(key: string, row: EffectRow, report: Report): void {
  const { command } = row;
  const expected = command?.status === 'done' ? (made[command.kind] ?? []) : [];
  for (const effect of effects) {
    const doc = row[effect];
    if (doc && !command) report(`${name(effect)} without its command`, [doc._id, `job_${key}`]);
    else if (doc && command && !expected.includes(effect))
      report(`${name(effect)} by a ${command.kind} that is ${command.status}`, [doc._id, command._id]);
    else if (!doc && command && expected.includes(effect))
      report(`a ${command.kind} is done, but its ${effect} is not there`, [command._id]);
    if (doc && 'commandId' in doc && doc.commandId !== `job_${key}`)
      report(`${name(effect)} that names another command than its id does`, [doc._id, doc.commandId]);
  }
  resultsAgree(row, report);
}

function name(effect: Effect): string {
  if (effect === 'entry') return 'a ledger entry';
  return effect === 'expire' ? 'a hold.expire' : `a ${effect}`;
}
