import type { ClientSession } from 'mongodb';
import type { CommandDoc } from '../../shared/commands/command.model';
import { type Documents, type Models, native } from '../../shared/models';
import type { Config } from '../../shared/platform/config';
import type { Handler, Holder, Needs } from '../handler';
import { handlers } from '../handlers';
import { createGroupState, emptySlots, type GroupState, type Slot, type Slots } from './group-state';

type Loadable = 'seats' | 'holds' | 'wallets';

/**
 * Reads what a group needs, in the group's transaction, with one query a collection: what the commands name, then the
 * holds that stand on those seats, then the seats of those holds. One after another: a session does one thing at a time.
 */
export async function loadState(
  session: ClientSession,
  models: Models,
  commands: readonly CommandDoc[],
  now: Date,
  config: Config,
): Promise<GroupState> {
  const slots = emptySlots();
  const needs = commands.map((command) =>
    (handlers[command.kind] as Handler<typeof command.kind>).needs(command as never),
  );
  const named = (of: Exclude<keyof Needs, 'holders'>) => needs.flatMap((need) => need[of] ?? []);

  await load(session, models, slots, 'wallets', named('wallets'));
  await load(session, models, slots, 'seats', named('seats'));
  const standing = Array.from(slots.seats.values(), ({ current }) =>
    current.status === 'held' ? current.holdId : null,
  );
  await load(session, models, slots, 'holds', [...named('holds'), ...standing.filter((id) => id !== null)]);
  if (config.MAX_SEATS_PER_USER > 0)
    await loadHoldsOf(
      session,
      models,
      slots,
      needs.flatMap(({ holders }) => holders ?? []),
    );
  const holds = Array.from(slots.holds.values(), ({ current }) => current);
  const overdue = holds.filter((hold) => hold.expiresAt <= now && hold.status === 'held');
  const wanted = new Set([...named('holds'), ...overdue.map((hold) => hold._id)]);
  await load(
    session,
    models,
    slots,
    'seats',
    holds.flatMap((hold) => (wanted.has(hold._id) ? hold.seatIds : [])),
  );
  return createGroupState(
    slots,
    await paymentsUnderWay(
      session,
      models,
      overdue.map((hold) => hold._id),
    ),
  );
}

async function load<C extends Loadable>(
  session: ClientSession,
  models: Models,
  slots: Slots,
  name: C,
  ids: readonly string[],
): Promise<void> {
  const map = slots[name] as Map<string, Slot<C>>;
  const missing = [...new Set(ids)].filter((id) => !map.has(id));
  if (missing.length === 0) return;
  const filter = { _id: { $in: missing } } as never;
  const docs = (await native(models, name).find(filter, { session }).toArray()) as unknown as Documents[C][];
  for (const doc of docs) map.set(doc._id, { loaded: doc, current: doc });
}

/** By users and performances apart: a few holds too many, and index bounds as short as can be. */
async function loadHoldsOf(
  session: ClientSession,
  models: Models,
  slots: Slots,
  holders: readonly Holder[],
): Promise<void> {
  if (holders.length === 0) return;
  const userId = { $in: [...new Set(holders.map((holder) => holder.userId))] };
  const performanceId = { $in: [...new Set(holders.map((holder) => holder.performanceId))] };
  const filter = { userId, performanceId, status: { $in: ['held' as const, 'paid' as const] } };
  const docs = await native(models, 'holds').find(filter, { session }).toArray();
  for (const doc of docs) if (!slots.holds.has(doc._id)) slots.holds.set(doc._id, { loaded: doc, current: doc });
}

/** Hold id to the earliest acceptance of a payment that is not finished. */
async function paymentsUnderWay(
  session: ClientSession,
  models: Models,
  holdIds: string[],
): Promise<Map<string, number>> {
  const earliest = new Map<string, number>();
  if (holdIds.length === 0) return earliest;
  const payments = native(models, 'commands').find<{ payload: { holdId: string }; acceptedAt: Date }>(
    { 'payload.holdId': { $in: holdIds }, status: 'accepted', kind: 'payment.pay' },
    { session, projection: { 'payload.holdId': 1, acceptedAt: 1 } },
  );
  for await (const { payload, acceptedAt } of payments) {
    earliest.set(payload.holdId, Math.min(earliest.get(payload.holdId) ?? Infinity, acceptedAt.getTime()));
  }
  return earliest;
}
