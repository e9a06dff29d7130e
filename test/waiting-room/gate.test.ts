import { openLab, roomOf } from './lab';

const lab = openLab();
const { room, clock } = lab;

const concert = roomOf({});

afterAll(() => lab.close());

test.each([
  ['none', 'QUEUE_TOKEN_REQUIRED', async () => undefined],
  ['garbage', 'QUEUE_TOKEN_INVALID', async () => 'x'.repeat(43)],
  ['one of another length', 'QUEUE_TOKEN_INVALID', async () => 'short'],
  ["another user's", 'QUEUE_TOKEN_INVALID', async () => (await room.join(concert, 'bob')).token],
  ["another concert's", 'QUEUE_TOKEN_INVALID', async () => (await room.join(roomOf({}), 'ann')).token],
])('of the tokens, %s does not pass: %s', async (_what, code, token) => {
  await room.join(concert, 'ann');
  await expect(room.gate(concert, 'ann', await token())).rejects.toMatchObject({ code, status: 403 });
});

test('a waiting visitor does not pass, an active one does', async () => {
  const concert = roomOf({ maxActive: 1 });
  const ann = await room.join(concert, 'ann');
  const bob = await room.join(concert, 'bob');
  await room.gate(concert, 'ann', ann.token);
  await expect(room.gate(concert, 'bob', bob.token)).rejects.toMatchObject({ code: 'QUEUE_TOKEN_NOT_ACTIVE' });
});

test('use extends the visit, up to its stated maximum', async () => {
  const concert = roomOf({ maxActive: 1, sessionSeconds: 60, maxSessionSeconds: 150 });
  const { token, state } = await room.join(concert, 'ann');
  const atMost = Date.parse(state.activeUntilAtMost ?? '');
  for (let use = 1; use <= 3; use++) {
    clock.offsetMs += 45_000;
    await room.gate(concert, 'ann', token);
  }
  const last = await room.poll(concert, 'ann', token);
  expect(Date.parse(last.activeUntil ?? '')).toBe(atMost);
  expect(last.activeUntilAtMost).toBe(state.activeUntilAtMost);
  clock.offsetMs += 15_000;
  const refused = { code: 'QUEUE_TOKEN_EXPIRED', extra: { reason: 'session-over' } };
  await expect(room.gate(concert, 'ann', token)).rejects.toMatchObject(refused);
  await expect(room.poll(concert, 'ann', token)).rejects.toMatchObject(refused);
});

test('an idle visit ends and its place goes to the next one, with nobody doing anything but the tick', async () => {
  const concert = roomOf({ maxActive: 1, sessionSeconds: 20, graceSeconds: 60 });
  await room.join(concert, 'ann');
  const bob = await room.join(concert, 'bob');
  clock.offsetMs += 19_000;
  expect(await room.admit(concert)).toMatchObject({ waiting: 1, active: 1 });
  clock.offsetMs += 1000;
  expect(await room.admit(concert)).toMatchObject({ waiting: 0, active: 1 });
  await room.gate(concert, 'bob', bob.token);
  expect(await room.numbers(concert)).toMatchObject({ expired: 1, admitted: 2 });
});

test('paying ends the visit at once, and only the visit that was paid in', async () => {
  const concert = roomOf({ maxActive: 1 });
  const ann = await room.join(concert, 'ann');
  const bob = await room.join(concert, 'bob');
  await room.finish(concert, 'ann', 'payment 1');
  await room.gate(concert, 'bob', bob.token);
  const refused = { code: 'QUEUE_TOKEN_EXPIRED', extra: { reason: 'completed' } };
  await expect(room.gate(concert, 'ann', ann.token)).rejects.toMatchObject(refused);
  expect((await room.poll(concert, 'ann', ann.token)).status).toBe('completed');

  // She comes back for more, and only then the first payment is reported again.
  await room.join(concert, 'ann');
  await room.finish(concert, 'bob', 'payment 2');
  await room.finish(concert, 'ann', 'payment 1');
  await room.gate(concert, 'ann', ann.token);
  await room.finish(concert, 'ann', 'payment 3');
  expect(await room.numbers(concert)).toMatchObject({ waiting: 0, active: 0, completed: 3 });
});

test('finishing without a visit changes nothing', async () => {
  const concert = roomOf({ maxActive: 0 });
  await room.finish(concert, 'nobody', 'payment');
  await room.join(concert, 'ann');
  await room.finish(concert, 'ann', 'payment');
  expect(await room.numbers(concert)).toMatchObject({ waiting: 1, completed: 0 });
});
