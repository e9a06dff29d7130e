import { openLab, roomOf } from './lab';

const lab = openLab();
const { room, other, clock } = lab;

afterAll(() => lab.close());

test('two workers at once let nobody in twice and keep the cap and the order', async () => {
  const concert = roomOf({ maxActive: 0 });
  const users = Array.from({ length: 200 }, (_, i) => `user ${i}`);
  for (const user of users) await room.join(concert, user);
  for (let cap = 10; cap <= 200; cap += 10) {
    concert.room.maxActive = cap;
    const results = await Promise.all([room, other, room, other].map((worker) => worker.admit(concert)));
    expect(results.flatMap(({ admitted }) => admitted)).toHaveLength(10);
    const states = await room.watch(concert, users.slice(cap - 10, cap + 1));
    const statuses = states.map(({ status }) => status);
    expect(statuses).toEqual([...Array(10).fill('active'), 'waiting'].slice(0, states.length));
  }
  expect(await room.numbers(concert)).toMatchObject({ admitted: 200, waiting: 0, active: 200 });
});

test('two workers at once keep the rate', async () => {
  const concert = roomOf({ admitPerMinute: 7, maxActive: 0, graceSeconds: 90 });
  for (let i = 0; i < 30; i++) await room.join(concert, `user ${i}`);
  concert.room.maxActive = null;
  const both = () => Promise.all([room.admit(concert), other.admit(concert)]);
  expect((await both()).flatMap(({ admitted }) => admitted)).toHaveLength(7);
  clock.offsetMs += 59_000;
  expect((await both()).flatMap(({ admitted }) => admitted)).toHaveLength(0);
  clock.offsetMs += 1000;
  expect((await both()).flatMap(({ admitted }) => admitted)).toHaveLength(7);
});

test('one worker has the tick until it is silent for the lease', async () => {
  const concert = roomOf({ maxActive: 1 });
  expect(await room.admit(concert, 'worker 1')).toMatchObject({ leader: true });
  expect(await other.admit(concert, 'worker 2')).toMatchObject({ leader: false, admitted: [] });
  expect(await room.admit(concert, 'worker 1')).toMatchObject({ leader: true });
  // Two seconds of silence later.
  await lab.redis.hset(lab.keys(concert._id).meta, 'leaseUntil', Date.now() - 1);
  expect(await other.admit(concert, 'worker 2')).toMatchObject({ leader: true });
  expect(await room.admit(concert, 'worker 1')).toMatchObject({ leader: false });
});
