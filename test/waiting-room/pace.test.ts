import { type Lab, openLab, roomOf } from './lab';

const pollsPerSecond = 100;
let lab: Lab;

beforeAll(() => {
  lab = openLab({ pollsPerSecond });
});

afterAll(() => lab.close());

/** Seconds until the next poll of everybody in a line of this length, from its head on. */
async function pausesInLine(length: number): Promise<number[]> {
  const concert = roomOf({ maxActive: 0 });
  const users = Array.from({ length }, (_, i) => `user ${i}`);
  const pauses: { position: number; seconds: number }[] = [];
  const hundreds = Array.from({ length: Math.ceil(length / 100) }, (_, i) => users.slice(100 * i, 100 * (i + 1)));
  for (const some of hundreds) await Promise.all(some.map((user) => lab.room.join(concert, user)));
  for (const some of hundreds)
    for (const { position, pollAfterSeconds } of await lab.room.watch(concert, some))
      pauses.push({ position: position ?? 0, seconds: pollAfterSeconds ?? 0 });
  return pauses.sort((a, b) => a.position - b.position).map(({ seconds }) => seconds);
}

test.each([10, 300, 5000])('a line of %i is asked for no more polls than the budget, and the head most', async (n) => {
  const pauses = await pausesInLine(n);
  expect(pauses).toHaveLength(n);
  expect(pauses.reduce((sum, seconds) => sum + 1 / seconds, 0)).toBeLessThanOrEqual(pollsPerSecond);
  expect(pauses[0]).toBe(2);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
});

test('jitter only makes the wait longer, by a fifth at most', async () => {
  const jittery = openLab({ pollsPerSecond, random: () => 0.999 });
  try {
    const { state } = await jittery.room.join(roomOf({ maxActive: 0 }), 'ann');
    expect(state.pollAfterSeconds).toBeGreaterThan(2);
    expect(state.pollAfterSeconds).toBeLessThanOrEqual(2.4);
  } finally {
    await jittery.close();
  }
});

test('one early poll after joining is answered, the next one says when to come, and the place is safe', async () => {
  const concert = roomOf({ maxActive: 0 });
  const { token } = await lab.room.join(concert, 'ann');
  expect((await lab.room.poll(concert, 'ann', token)).position).toBe(1);
  const state = { status: 'waiting', position: 1, ahead: 0, pollAfterSeconds: 2 };
  const early = { code: 'QUEUE_POLL_TOO_EARLY', status: 429, retryAfterSeconds: 2, extra: { state } };
  await expect(lab.room.poll(concert, 'ann', token)).rejects.toMatchObject(early);
  lab.clock.offsetMs += 2000;
  const onTime = await lab.room.poll(concert, 'ann', token);
  expect(onTime).toMatchObject({ status: 'waiting', position: 1 });
  await expect(lab.room.poll(concert, 'ann', token)).rejects.toMatchObject(early);
});

test('in a rush, too, people who poll when asked to stay within the budget', async () => {
  let calls = 0;
  const rush = openLab({ pollsPerSecond, random: () => (calls++ * 0.618) % 1 });
  const concert = roomOf({ maxActive: 0, graceSeconds: 1000 });
  const dueAt = new Map<string, number>();
  try {
    // Three thousand come in the same second; each is given a pause by the length that the line has at that moment.
    for (let i = 0; i < 3000; i++) {
      const { state } = await rush.room.join(concert, `user ${i}`);
      dueAt.set(`user ${i}`, state.pollAfterSeconds ?? 0);
    }
    const polls: number[] = [];
    for (let second = 1; second <= 60; second++) {
      rush.clock.offsetMs += 1000;
      const due = [...dueAt].filter(([, at]) => at <= second).map(([user]) => user);
      polls.push(due.length);
      for (let from = 0; from < due.length; from += 100) {
        const some = due.slice(from, from + 100);
        for (const [i, { pollAfterSeconds }] of (await rush.room.watch(concert, some)).entries())
          dueAt.set(some[i] ?? '', second + (pollAfterSeconds ?? 0));
      }
    }
    // Ten seconds at a time: whoever is to come in two seconds comes in the same one.
    for (let from = 0; from < polls.length; from += 10)
      expect(polls.slice(from, from + 10).reduce((sum, count) => sum + count)).toBeLessThanOrEqual(10 * pollsPerSecond);
  } finally {
    await rush.close();
  }
});

test('who leaves and joins again and again spends one admission of the minute, and the others get the rest', async () => {
  const concert = roomOf({ maxActive: 100, admitPerMinute: 10 });
  for (let round = 0; round < 30; round += 1) {
    const { token, state } = await lab.room.join(concert, 'hog');
    expect(state.status).toBe('active');
    await lab.room.leave(concert, 'hog', token);
  }
  const others = Array.from({ length: 10 }, (_, i) => `other ${i}`);
  const states: string[] = [];
  for (const user of others) states.push((await lab.room.join(concert, user)).state.status);
  expect(states).toEqual([...Array.from({ length: 9 }, () => 'active'), 'waiting']);
  // A minute later the hog spends one again.
  lab.clock.offsetMs += 61_000;
  await lab.room.admit(concert);
  const { admittedLastMinute: before } = await lab.room.numbers(concert);
  expect((await lab.room.join(concert, 'hog')).state.status).toBe('active');
  expect((await lab.room.numbers(concert)).admittedLastMinute).toBe(before + 1);
});
