import type { ClientSession, Document } from 'mongodb';
import type { CommandDoc } from '../../shared/commands/command.model';
import { type CollectionName, type Documents, type Models, runStatement } from '../../shared/models';
import type { Changeable } from '../handler';
import type { BatchState, Slot } from './batch-state';
import type { BatchDecision, Decided } from './decide-batch';

/** Where a command stands in the history of its lane. */
export interface Place {
  epoch: number;
  position: number;
}

const collections: Changeable[] = [
  ...(['seats', 'holds', 'wallets', 'pointEntries', 'payments', 'reservations'] as const),
  ...(['standbyLines', 'standbyEntries'] as const),
];

interface BatchWrite {
  state: BatchState;
  decision: BatchDecision;
  /** One for each decided command. */
  places: readonly Place[];
  now: Date;
  /** Whether all that it was decided from was read or made in this transaction: nothing remembered, nothing from messages. */
  isRead: boolean;
}

/**
 * The one place where transactions write: everything that a batch decided, one statement a collection.
 * @throws when a write did not match what was decided upon; the transaction must then be given up
 */
export async function writeBatch(
  session: ClientSession,
  models: Models,
  { state, decision, places, now, isRead }: BatchWrite,
): Promise<void> {
  for (const name of collections)
    await writeSlots(session, models, name, [...state.slots[name].values()] as Slot<typeof name>[]);
  const outcomes = decision.decided.map((decided, index) => outcomeWrite(decided, places[index], now, isRead));
  // What was scheduled and has lost its purpose within the batch is final from the first.
  const skipped = new Set(decision.skip);
  const scheduled = decision.schedule.map((command) =>
    skipped.delete(command._id) ? { ...command, status: 'skipped' as const, finishedAt: now } : command,
  );
  const cancelled = Array.from(skipped, (_id) => cancelWrite(_id, now, isRead));
  const started = decision.start.map((_id) => ({ q: { _id }, u: { $set: { dueAt: now } } }));
  await write(session, models, 'commands', [...outcomes, ...cancelled, ...started], scheduled);
}

async function writeSlots<C extends Changeable>(
  session: ClientSession,
  models: Models,
  name: C,
  slots: Slot<C>[],
): Promise<void> {
  const changed = slots.filter((slot) => slot.loaded !== slot.current);
  const updates = changed.flatMap(({ loaded, current, recalled }) =>
    loaded ? [updateOf(name, loaded, current, recalled)] : [],
  );
  const inserts = changed.flatMap(({ loaded, current }) => (loaded ? [] : [current as Document & { _id: string }]));
  await write(session, models, name, updates, inserts);
}

/** What in a document says that it is as it was decided upon; one that was read in this transaction can't have changed. */
const versionFields: { [C in Changeable]?: (keyof Documents[C])[] } = {
  seats: ['status', 'holdId'],
  holds: ['status'],
  wallets: ['seq'],
};

function updateOf<C extends Changeable>(
  name: C,
  loaded: Documents[C],
  current: Documents[C],
  recalled = false,
): Update {
  const changed = Object.entries(current).filter(([field, value]) => loaded[field as keyof typeof loaded] !== value);
  const version = recalled ? (versionFields[name]?.map((field) => [field, loaded[field]]) ?? []) : [];
  return { q: { _id: current._id, ...Object.fromEntries(version) }, u: { $set: Object.fromEntries(changed) } };
}

/**
 * Names what was decided upon, unless that was read in this transaction: a command may have come through Redis, which is not
 * trusted. Nothing is written for one that is not stored as it was decided, or that is final. MongoDB plans each update that names
 * more than the id, which is a quarter of its cost.
 */
function outcomeWrite({ command, outcome }: Decided, place: Place | undefined, now: Date, isRead: boolean): Update {
  const { _id, kind, lane, userId, acceptedAt, dueAt, payload } = command;
  const asDecided = isRead ? {} : { status: 'accepted', kind, lane, userId, acceptedAt, dueAt, payload };
  return { q: { _id, ...asDecided }, u: { $set: { ...finalFields(outcome, now), ...place } } };
}

/**
 * An expiry whose hold is paid or given back, and so not done, which a hold that was read in this transaction says already;
 * one that has failed has lost its purpose as well.
 */
function cancelWrite(_id: string, now: Date, isRead: boolean): Update {
  const q = isRead ? { _id } : { _id, status: { $ne: 'done' } };
  return { q, u: { $set: { status: 'skipped', finishedAt: now, problem: null } } };
}

/** The fields that an outcome gives a command. */
export function finalFields(outcome: Decided['outcome'], now: Date): Partial<CommandDoc> {
  switch (outcome.status) {
    case 'done':
      return { status: 'done', finishedAt: now, result: outcome.result };
    case 'refused':
      return { status: 'refused', finishedAt: now, problem: outcome.problem };
    case 'skipped':
      return { status: 'skipped', finishedAt: now };
    case 'deferred':
      return { dueAt: outcome.until };
  }
}

/** Something is not as it was decided upon. What is read anew may be. */
export class OutOfDate extends Error {}

/** One of the updates of MongoDB's `update` command. */
export interface Update {
  q: Document;
  u: { $set: Document } | { $setOnInsert: Document };
  upsert?: boolean;
}

/**
 * Updates come before inserts, so that a unique index sees a hold end before the next one on its seats begins. Both are
 * one statement: beside updates, an insert is an upsert, and the answer says whether its id was there.
 */
export async function write(
  session: ClientSession,
  models: Models,
  name: CollectionName,
  updates: Update[],
  inserts: readonly (Document & { _id: string })[] = [],
): Promise<void> {
  const all = updates.length + inserts.length;
  if (all === 0) return;
  const statement =
    updates.length > 0
      ? { update: name, updates: [...updates, ...inserts.map(upsertOf)] }
      : { insert: name, documents: inserts };
  const { n, upserted = [] } = await runStatement(models, name, statement, session);
  if (n !== all) throw new OutOfDate(`${name}: ${n} of ${all} writes met what was decided upon`);
  if (updates.length === 0 || upserted.length === inserts.length) return;
  const made = new Set(upserted.map(({ index }: { index: number }) => index - updates.length));
  const ids = inserts.flatMap(({ _id }, index) => (made.has(index) ? [] : _id));
  throw new OutOfDate(`${name}: there already: ${ids.join(', ')}`);
}

function upsertOf({ _id, ...fields }: Document): Update {
  return { q: { _id }, u: { $setOnInsert: fields }, upsert: true };
}
