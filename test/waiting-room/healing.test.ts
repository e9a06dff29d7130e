import { loadScripts } from '../../shared/waiting-room/scripts';
import { openLab, roomOf } from './lab';

const lab = openLab();
const { room, clock } = lab;

afterAll(() => lab.close());

test('when Redis has lost the line, the next poll is back in it, with the same token and without an error', async () => {
  const concert = roomOf({ maxActive: 1 });
  const tokens = new Map<string, string>();
  for (const user of ['ann', 'bob', 'cho']) tokens.set(user, (await room.join(concert, user)).token);
  await lab.redis.del(Object.values(lab.keys(concert._id)));
  const states = [];
  for (const user of ['bob', 'cho', 'ann']) states.push(await room.poll(concert, user, tokens.get(user)));
  expect(states.map(({ status, position }) => [status, position])).toEqual([
    ['active', null],
    ['waiting', 1],
    ['waiting', 2],
  ]);
  expect((await room.join(concert, 'ann')).token).toBe(tokens.get('ann'));
  await room.gate(concert, 'bob', tokens.get('bob'));
  expect(await room.numbers(concert)).toMatchObject({ waiting: 2, active: 1 });
});

test('without limits even the purchase under way goes on', async () => {
  const concert = roomOf({});
  const { token } = await room.join(concert, 'ann');
  await lab.redis.del(Object.values(lab.keys(concert._id)));
  await room.gate(concert, 'ann', token);
});

test('a live page is back in line, too', async () => {
  const concert = roomOf({ maxActive: 0 });
  await room.join(concert, 'ann');
  await lab.redis.del(Object.values(lab.keys(concert._id)));
  expect(await room.watch(concert, ['ann'])).toMatchObject([{ status: 'waiting', position: 1 }]);
});

test('without a token, a user who never joined is not in line', async () => {
  await expect(room.poll(roomOf({}), 'ann')).rejects.toMatchObject({ code: 'QUEUE_TOKEN_NOT_FOUND' });
  await expect(room.leave(roomOf({}), 'ann')).rejects.toMatchObject({ code: 'QUEUE_TOKEN_NOT_FOUND' });
});

test('a Redis that has forgotten the scripts is sent them again', async () => {
  const concert = roomOf({});
  await room.join(concert, 'ann');
  // A change that does nothing gives the scripts hashes that Redis has never seen.
  const fresh = openLab({ scripts: loadScripts((source) => `${source}\n-- ${lab.prefix}`) });
  await expect(fresh.room.join(concert, 'ann')).resolves.toMatchObject({ state: { status: 'active' } });
  await fresh.close();
});

test("a reset ends all tokens for good, and callers that have not heard of it can't bring them back", async () => {
  const concert = roomOf({ maxActive: 1 });
  const old = structuredClone(concert);
  const { token } = await room.join(concert, 'ann');
  await room.join(concert, 'bob');
  concert.room.epoch = 2;
  const ended = { code: 'QUEUE_TOKEN_EXPIRED', extra: { reason: 'reset' } };
  await expect(room.gate(concert, 'ann', token)).rejects.toMatchObject(ended);
  const again = await room.join(concert, 'bob');
  expect(again.state.status).toBe('active');
  await expect(room.gate(old, 'ann', token)).rejects.toMatchObject(ended);
  await expect(room.poll(old, 'ann', token)).rejects.toMatchObject(ended);
  await expect(room.join(old, 'ann')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  expect(await room.admit(old)).toMatchObject({ leader: false, admitted: [] });
  await room.gate(concert, 'bob', again.token);
  expect(await room.numbers(concert)).toMatchObject({ waiting: 0, active: 1, joined: 1 });
});

test('ended records are deleted after a quarter of an hour', async () => {
  const concert = roomOf({ maxActive: 1 });
  await room.join(concert, 'ann');
  await room.leave(concert, 'ann');
  clock.offsetMs += 15 * 60_000;
  await room.admit(concert);
  const { visitors, ended } = lab.keys(concert._id);
  expect(await lab.redis.exists(visitors, ended)).toBe(0);
});

test('a record that was deleted by hand does not stop the line', async () => {
  const concert = roomOf({ maxActive: 1 });
  for (const user of ['ann', 'bob', 'cho']) await room.join(concert, user);
  const { active, visitors } = lab.keys(concert._id);
  const ids = await lab.redis.hkeys(visitors);
  await lab.redis.hdel(visitors, ...ids.slice(0, 2));
  const { token } = await room.join(concert, 'cho');
  clock.offsetMs += 60_000;
  await room.poll(concert, 'cho', token);
  await room.admit(concert);
  expect(await lab.redis.zcard(active)).toBe(1);
  expect((await room.join(concert, 'cho')).state.status).toBe('active');
});
