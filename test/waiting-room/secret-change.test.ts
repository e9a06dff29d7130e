import { drawSeedHash } from '../../shared/waiting-room/draw';
import { createWaitingRoom, type Room } from '../../shared/waiting-room/waiting-room';
import { type Lab, openLab, roomOf } from './lab';

const [old, next] = ['the secret that is being replaced by another', 'the secret that comes in the place of it'];

let lab: Lab;
beforeAll(() => {
  lab = openLab();
});
afterAll(() => lab?.close());

/** A process with these secrets. */
const withSecrets = (secret: string, more: { previousSecret?: string; drawSecret?: string } = {}) =>
  createWaitingRoom({ redis: lab.redis, prefix: lab.prefix, clock: lab.clock, random: () => 0, secret, ...more });

const placesOf = async (room: Room) => {
  const { line, active, visitors } = lab.keys(room._id);
  return [await lab.redis.zcard(line), await lab.redis.zcard(active), await lab.redis.hlen(visitors)];
};

test('a changed secret: everybody keeps the place and the token, holders may act, and nobody is there twice', async () => {
  const room = roomOf({ maxActive: 1 });
  const before = withSecrets(old);
  const after = withSecrets(next, { previousSecret: old });
  const tokens = new Map<string, string>();
  for (const user of ['ann', 'bob', 'cid', 'dan']) tokens.set(user, (await before.join(room, user)).token);
  expect(await placesOf(room)).toEqual([3, 1, 4]);

  await after.gate(room, 'ann', tokens.get('ann'));
  expect(await after.poll(room, 'cid', tokens.get('cid'))).toMatchObject({ status: 'waiting', position: 2 });
  const rejoined = await after.join(room, 'dan');
  expect(rejoined).toMatchObject({ state: { status: 'waiting', position: 3 } });
  expect(rejoined.token).not.toBe(tokens.get('dan'));
  expect(await placesOf(room)).toEqual([3, 1, 4]);
  await after.finish(room, 'ann', 'payment_1');
  // Bob was not heard of since: the line knows him by his old place, and moves on all the same.
  expect((await after.poll(room, 'bob', tokens.get('bob'))).status).toBe('active');
  expect(await placesOf(room)).toEqual([2, 1, 4]);
  await expect(after.gate(room, 'bob', 'no token of anybody')).rejects.toThrow('QUEUE_TOKEN_INVALID');
});

test('processes before and after the step serve the same people by turns', async () => {
  const room = roomOf({ maxActive: 1 });
  const first = withSecrets(old, { previousSecret: next });
  const second = withSecrets(next, { previousSecret: old });
  await first.join(room, 'ann');
  await first.join(room, 'bob');
  const { token } = await first.join(room, 'cid');
  for (const process of [second, first, second]) {
    expect(await process.poll(room, 'cid', token)).toMatchObject({ status: 'waiting', position: 2 });
    lab.clock.offsetMs += 10_000;
  }
  expect(await placesOf(room)).toEqual([2, 1, 3]);
});

test('a process that knows the old secret only has put somebody at the end: the better place stays', async () => {
  const room = roomOf({ maxActive: 1 });
  const ignorant = withSecrets(old);
  const second = withSecrets(next, { previousSecret: old });
  for (const user of ['ann', 'bob', 'cid']) await second.join(room, user);
  expect((await ignorant.join(room, 'bob')).state.position).toBe(3);
  expect((await second.join(room, 'bob')).state.position).toBe(1);
  expect(await placesOf(room)).toEqual([2, 1, 3]);
});

test('what was published of a draw holds, with DRAW_SECRET as the secret was', async () => {
  const opensAt = new Date(Date.now() + lab.clock.offsetMs + 600_000);
  const room = roomOf({ opensAt });
  const published = await withSecrets(old).draw(room);
  const after = withSecrets(next, { previousSecret: old, drawSecret: old });
  expect((await after.draw(room))?.seedHash).toBe(published?.seedHash);
  lab.clock.offsetMs += 700_000;
  expect(drawSeedHash((await after.draw(room))?.seed ?? '')).toBe(published?.seedHash);
});
