import { openLab, roomOf } from './lab';

const lab = openLab();
const { room, other, clock } = lab;

afterAll(() => lab.close());

test('without limits a visitor is active at once, with an end that is stated, and knows where to go', async () => {
  const concert = roomOf({ id: 'open' });
  const { token, state } = await room.join(concert, 'ann');
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(state).toMatchObject({ status: 'active', position: null, entryUrl: '/v1/concerts/open/performances' });
  expect(Date.parse(state.activeUntil ?? '') - Date.now()).toBeGreaterThan(55_000);
  expect(Date.parse(state.activeUntilAtMost ?? '') - Date.parse(state.activeUntil ?? '')).toBe(240_000);
});

test('fifty parallel joins of one user, through two processes, are one place', async () => {
  const concert = roomOf({ maxActive: 0 });
  await room.join(concert, 'somebody ahead');
  const joins = Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? room : other).join(concert, 'ann'));
  const answers = await Promise.all(joins);
  expect(new Set(answers.map(({ token }) => token)).size).toBe(1);
  expect(answers.every(({ state }) => state.position === 2)).toBe(true);
  expect(await room.numbers(concert)).toMatchObject({ waiting: 2, joined: 2 });
});

test('fifty users at once get fifty places in a row', async () => {
  const concert = roomOf({ maxActive: 0 });
  const users = Array.from({ length: 50 }, (_, i) => `user ${i}`);
  await Promise.all(users.map((user, i) => (i % 2 === 0 ? room : other).join(concert, user)));
  const states = await room.watch(concert, users);
  const positions = states.map(({ position }) => position ?? 0).sort((a, b) => a - b);
  expect(positions).toEqual(users.map((_, i) => i + 1));
});

test('coming back, from another tab or after a lost answer, never moves anyone', async () => {
  const concert = roomOf({ maxActive: 0 });
  const first = await room.join(concert, 'ann');
  for (const user of ['bob', 'cho']) await room.join(concert, user);
  const again = await other.join(concert, 'ann');
  expect(again.token).toBe(first.token);
  expect(again.state.position).toBe(1);
  clock.offsetMs += 5000;
  expect((await room.poll(concert, 'ann', again.token)).position).toBe(1);
});

test('people who leave make everybody behind them move up', async () => {
  const concert = roomOf({ maxActive: 0 });
  for (const user of ['ann', 'bob', 'cho']) await room.join(concert, user);
  expect(await room.leave(concert, 'ann')).toMatchObject({ status: 'left', position: null });
  expect((await room.poll(concert, 'cho')).ahead).toBe(1);
  expect((await room.leave(concert, 'ann')).status).toBe('left');
  expect((await room.join(concert, 'ann')).state.position).toBe(3);
});

test('a drained room takes nobody new, and keeps those who are in it', async () => {
  const concert = roomOf({ maxActive: 1 });
  const { token } = await room.join(concert, 'ann');
  await room.join(concert, 'bob');
  concert.room.draining = true;
  await expect(room.join(concert, 'cho')).rejects.toMatchObject({ code: 'WAITING_ROOM_CLOSED', status: 409 });
  expect((await room.join(concert, 'ann')).token).toBe(token);
  await room.leave(concert, 'ann');
  expect((await room.join(concert, 'bob')).state.status).toBe('active');
});

test('a paused room lets nobody in until it is resumed', async () => {
  const concert = roomOf({ maxActive: 1, paused: true });
  expect((await room.join(concert, 'ann')).state.status).toBe('waiting');
  expect(await room.admit(concert)).toMatchObject({ waiting: 1, active: 0 });
  concert.room.paused = false;
  expect(await room.admit(concert)).toMatchObject({ waiting: 0, active: 1, more: false });
});
