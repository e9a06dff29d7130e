import { createHash } from 'node:crypto';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

test('the hash of the seed is published before the line opens, the seed and the number of people after', async () => {
  const concert = await world.concert();
  const opensAt = new Date(world.clock.now() + 60_000);
  await world.context.models.concerts.updateOne({ _id: concert.concertId }, { $set: { opensAt } });
  world.context.concerts.drop(concert.concertId);
  for (const _person of [1, 2, 3]) await world.fan(concert);
  const path = `/v1/concerts/${concert.concertId}/draw`;
  const before = (await world.client.send<{ seedHash: string }>('get', path)).body;
  expect(before).toEqual({
    opensAt: opensAt.toISOString(),
    seedHash: expect.any(String),
    seed: null,
    participants: null,
  });
  world.clock.offsetMs += 61_000;
  const after = (await world.client.send<{ seedHash: string; seed: string; participants: number }>('get', path)).body;
  expect(after).toMatchObject({ seedHash: before.seedHash, participants: 3 });
  expect(createHash('sha256').update(Buffer.from(after.seed, 'hex')).digest('hex')).toBe(before.seedHash);
});
