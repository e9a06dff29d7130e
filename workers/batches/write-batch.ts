import type { AnyBulkWriteOperation, ClientSession } from 'mongodb';
import type { CommandDoc } from '../../shared/commands/command.model';
import { type Documents, type Models, native } from '../../shared/models';
import type { Changeable } from '../handler';
import type { BatchState, Slot } from './batch-state';
import type { BatchDecision, Decided } from './decide-batch';

/** Where a command stands in the history of its lane. */
export interface Place {
  epoch: number;
  position: number;
}

const collections: Changeable[] = ['seats', 'holds', 'wallets', 'pointEntries', 'payments', 'reservations'];

/**
 * The one place where transactions write: everything that a group decided, one bulk write a collection.
 * @param places one for each decided command
 * @throws when a write did not match what was read; the transaction must then be given up
 */
export async function writeBatch(
  session: ClientSession,
  models: Models,
  state: BatchState,
  decision: BatchDecision,
  places: readonly Place[],
  now: Date,
): Promise<void> {
  for (const name of collections)
    await writeSlots(session, models, name, [...state.slots[name].values()] as Slot<typeof name>[]);
  const operations = decision.decided.map((decided, index) => commandWrite(decided, places[index], now));
  await write(session, models, 'commands', [
    ...operations,
    ...decision.schedule.map((document) => ({ insertOne: { document } })),
  ]);
  if (decision.skip.length > 0) {
    await native(models, 'commands').updateMany(
      { _id: { $in: decision.skip }, status: 'accepted' },
      { $set: { status: 'skipped', finishedAt: now } },
      { session },
    );
  }
}

/** Updates come before inserts, so that a unique index sees a hold end before the next one on its seats begins. */
async function writeSlots<C extends Changeable>(
  session: ClientSession,
  models: Models,
  name: C,
  slots: Slot<C>[],
): Promise<void> {
  const changed = slots.filter((slot) => slot.loaded !== slot.current);
  const updates = changed.flatMap(({ loaded, current }) => (loaded ? [updateOf(loaded, current)] : []));
  const inserts = changed.flatMap(({ loaded, current }) => (loaded ? [] : [{ insertOne: { document: current } }]));
  await write(session, models, name, [...updates, ...inserts]);
}

function updateOf<D extends { _id: string }>(loaded: D, current: D) {
  const changed = Object.entries(current).filter(([field, value]) => loaded[field as keyof D] !== value);
  return { updateOne: { filter: { _id: current._id }, update: { $set: Object.fromEntries(changed) } } };
}

function commandWrite({ command, outcome }: Decided, place: Place | undefined, now: Date) {
  const filter = { _id: command._id, status: 'accepted' };
  return { updateOne: { filter, update: { $set: { ...finalFields(outcome, now), ...place } } } };
}

function finalFields(outcome: Decided['outcome'], now: Date): Partial<CommandDoc> {
  switch (outcome.status) {
    case 'done':
      return { status: 'done', finishedAt: now, result: outcome.result };
    case 'refused':
      return { status: 'refused', finishedAt: now, problem: outcome.problem };
    case 'skipped':
      return { status: 'skipped', finishedAt: now };
    case 'postponed':
      return { dueAt: outcome.until };
  }
}

async function write(
  session: ClientSession,
  models: Models,
  name: keyof Documents,
  operations: unknown[],
): Promise<void> {
  if (operations.length === 0) return;
  const result = await native(models, name).bulkWrite(operations as AnyBulkWriteOperation<never>[] as never, {
    session,
    ordered: true,
  });
  const met = result.matchedCount + result.insertedCount;
  if (met !== operations.length) throw new Error(`${name}: ${met} of ${operations.length} writes met what was read`);
}
