import { openLab, roomOf } from './lab';

const lab = openLab();
const { room, clock } = lab;

afterAll(() => lab.close());

test('the silent are dropped, learn why, and cost nobody behind them', async () => {
  const concert = roomOf({ maxActive: 0, graceSeconds: 30 });
  const ann = await room.join(concert, 'ann');
  await room.join(concert, 'bob');
  clock.offsetMs += 20_000;
  expect((await room.poll(concert, 'bob')).position).toBe(2);
  clock.offsetMs += 15_000;
  await room.admit(concert);
  expect((await room.poll(concert, 'bob')).position).toBe(1);
  const refused = { code: 'QUEUE_TOKEN_EXPIRED', extra: { reason: 'silent' } };
  await expect(room.poll(concert, 'ann', ann.token)).rejects.toMatchObject(refused);
  expect(await room.numbers(concert)).toMatchObject({ waiting: 1, dropped: 1 });
  expect((await room.join(concert, 'ann')).state.position).toBe(2);
});

test('the silent are passed over when a place is free, even before they were swept', async () => {
  const concert = roomOf({ maxActive: 0, graceSeconds: 30 });
  // More than one call drops.
  const silent = Array.from({ length: 300 }, (_, i) => `silent ${i}`);
  for (const user of silent) await room.join(concert, user);
  await room.join(concert, 'ann');
  clock.offsetMs += 20_000;
  await room.poll(concert, 'ann');
  clock.offsetMs += 15_000;
  concert.room.maxActive = 1;
  const admitted: string[] = [];
  for (let more = true; more; ) {
    const step = await room.admit(concert);
    admitted.push(...step.admitted);
    more = step.more;
  }
  expect(admitted).toHaveLength(1);
  expect((await room.join(concert, 'ann')).state.status).toBe('active');
  expect(await room.numbers(concert)).toMatchObject({ waiting: 0, active: 1, dropped: 300 });
});

test('nobody who polls when asked is dropped, however seldom that is', async () => {
  const slow = openLab({ pollsPerSecond: 1 });
  const concert = roomOf({ maxActive: 0, graceSeconds: 10 });
  try {
    for (let i = 0; i < 60; i++) await slow.room.join(concert, `user ${i}`);
    const { state } = await slow.room.join(concert, 'ann');
    expect(state.pollAfterSeconds).toBeGreaterThan(60);
    slow.clock.offsetMs += (state.pollAfterSeconds ?? 0) * 1000;
    await slow.room.admit(concert);
    expect((await slow.room.poll(concert, 'ann')).status).toBe('waiting');
  } finally {
    await slow.close();
  }
});

test('who is let in before the next poll is due has the whole visit from then on', async () => {
  const slow = openLab({ pollsPerSecond: 1 });
  const concert = roomOf({ maxActive: 0, sessionSeconds: 60, maxSessionSeconds: 300 });
  try {
    for (let i = 0; i < 30; i++) await slow.room.join(concert, `user ${i}`);
    const { token, state } = await slow.room.join(concert, 'ann');
    for (let i = 0; i < 30; i++) await slow.room.leave(concert, `user ${i}`);
    concert.room.maxActive = 1;
    await slow.room.admit(concert);
    const pauseMs = (state.pollAfterSeconds ?? 0) * 1000;
    slow.clock.offsetMs += pauseMs + 55_000;
    await slow.room.admit(concert);
    await slow.room.gate(concert, 'ann', token);
  } finally {
    await slow.close();
  }
});

test('when the room itself was away, silence counts from its return', async () => {
  const concert = roomOf({ maxActive: 0, graceSeconds: 30 });
  await room.join(concert, 'ann');
  // Redis comes back after ten minutes: its last sign of life is as old.
  const { meta } = lab.keys(concert._id);
  await lab.redis.hset(meta, 'beat', Date.now() - 600_000);
  clock.offsetMs += 600_000;
  await room.admit(concert);
  clock.offsetMs += 29_000;
  await room.admit(concert);
  expect((await room.poll(concert, 'ann')).position).toBe(1);
  clock.offsetMs += 40_000;
  await room.admit(concert);
  await expect(room.poll(concert, 'ann')).rejects.toMatchObject({ code: 'QUEUE_TOKEN_EXPIRED' });
});
