import { native } from '../../shared/models';
import { derivedId } from '../../shared/platform/ids';
import type { BenchWorld, Hall, Visitor } from '../stack/world';
import { type Case, command, demand, each } from './case';

/** Each payment is for a hold, and from a wallet, of its own. */
export const payments: Case = {
  name: 'payments',
  roof: 'command',
  commands: 1,
  async prepare(world, steps) {
    const visitors = await world.visitors(steps, { join: true });
    const halls = await world.halls(Math.ceil(steps / 1000), 1000);
    const next = each(await placeHolds(world, visitors, halls));
    return (wait) => (connection) => {
      const hold = next();
      if (!hold) return null;
      return command(connection, 'POST', `/v1/holds/${hold.id}/payment`, hold.visitor, wait).then(
        (answer) => wait && demand(answer, '"done"'),
      ) as Promise<void>;
    };
  },
};

/** Holds of an hour and filled wallets, written straight to the database. */
async function placeHolds({ context }: BenchWorld, visitors: Visitor[], halls: Hall[]) {
  const { models, newId, clock } = context;
  const placedAt = new Date(clock.now());
  const expiresAt = new Date(clock.now() + 3_600_000);
  const holds = visitors.map(({ userId }, i) => {
    const { performanceId, seatIds } = halls[Math.floor(i / 1000)] as Hall;
    const commandId = newId('job');
    const place = { userId, concertId: 'concert_bench', performanceId, section: `S${Math.floor((i % 1000) / 500)}` };
    const times = { placedAt, expiresAt, endedAt: null, status: 'held' as const, reservationId: null };
    const ids = { commandId, expireCommandId: derivedId('expire', commandId) };
    return {
      _id: derivedId('hold', commandId),
      ...place,
      seatIds: [seatIds[i % 1000] as string],
      amount: 10,
      ...times,
      ...ids,
    };
  });
  await native(models, 'holds').insertMany(holds, { ordered: false });
  await native(models, 'seats').bulkWrite(
    holds.map(({ _id, seatIds }) => ({
      updateOne: { filter: { _id: seatIds[0] as string }, update: { $set: { status: 'held', holdId: _id } } },
    })),
    { ordered: false },
  );
  await native(models, 'wallets').insertMany(visitors.map(({ userId }) => ({ _id: userId, balance: 1000, seq: 0 })));
  return holds.map(({ _id }, i) => ({ id: _id, visitor: visitors[i] as Visitor }));
}
