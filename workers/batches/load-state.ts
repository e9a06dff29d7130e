import type { ClientSession } from 'mongodb';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { Context } from '../../shared/context';
import { type Documents, type Models, native } from '../../shared/models';
import type { Handler, Holder, Needs } from '../handler';
import { handlers } from '../handlers';
import { type BatchState, createBatchState, emptySlots, holderKey, type Slot, type Slots } from './batch-state';

type Loadable = 'seats' | 'holds' | 'wallets';

/**
 * Reads what a group needs, in the group's transaction, one thing after another as a session wants it: what the commands
 * name, then the holds that stand on those seats and those that count for a limit, then the seats of overdue ones.
 */
export async function loadState(
  session: ClientSession,
  { models, config }: Pick<Context, 'models' | 'config'>,
  commands: readonly CommandDoc[],
  now: Date,
): Promise<BatchState> {
  const slots = emptySlots();
  const read = readInto(slots, session, models);
  const needs = commands.map((command) =>
    (handlers[command.kind] as Handler<typeof command.kind>).needs(command as never),
  );
  const named = (of: Exclude<keyof Needs, 'holders'>) => needs.flatMap((need) => need[of] ?? []);

  await read.byId('wallets', named('wallets'));
  await read.byId('seats', named('seats'));
  const seats = Array.from(slots.seats.values(), ({ current }) => current);
  const standing = seats.flatMap(({ status, holdId }) => (status === 'held' && holdId) || []);
  await read.byId('holds', [...named('holds'), ...standing]);
  if (config.MAX_SEATS_PER_USER > 0) {
    const holdersOf = named('holdersOf').flatMap((id) => slots.holds.get(id)?.current ?? []);
    await read.holdsOf([...needs.flatMap(({ holders }) => holders ?? []), ...holdersOf]);
  }
  const holds = Array.from(slots.holds.values(), ({ current }) => current);
  const overdue = holds.filter((hold) => hold.expiresAt <= now && hold.status === 'held').map(({ _id }) => _id);
  const changing = new Set([...named('holds'), ...overdue]);
  await read.byId(
    'seats',
    holds.flatMap((hold) => (changing.has(hold._id) ? hold.seatIds : [])),
  );
  return createBatchState(slots, await paymentsUnderWay(session, models, overdue));
}

function readInto(slots: Slots, session: ClientSession, models: Models) {
  return {
    /** What is there already stays. */
    async byId<C extends Loadable>(name: C, ids: readonly string[]): Promise<void> {
      const map = slots[name] as Map<string, Slot<C>>;
      const missing = [...new Set(ids)].filter((id) => !map.has(id));
      if (missing.length === 0) return;
      const filter = { _id: { $in: missing } } as never;
      const docs = (await native(models, name).find(filter, { session }).toArray()) as unknown as Documents[C][];
      for (const doc of docs) map.set(doc._id, { loaded: doc, current: doc });
    },
    /** Asks by users and performances apart, for index bounds as short as can be; keeps what was meant. */
    async holdsOf(holders: readonly Holder[]): Promise<void> {
      if (holders.length === 0) return;
      const userId = { $in: [...new Set(holders.map((holder) => holder.userId))] };
      const performanceId = { $in: [...new Set(holders.map((holder) => holder.performanceId))] };
      const filter = { userId, performanceId, status: { $in: ['held' as const, 'paid' as const] } };
      const docs = await native(models, 'holds').find(filter, { session }).toArray();
      const wanted = new Set(holders.map(holderKey));
      for (const doc of docs.filter((hold) => wanted.has(holderKey(hold)) && !slots.holds.has(hold._id)))
        slots.holds.set(doc._id, { loaded: doc, current: doc });
    },
  };
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
