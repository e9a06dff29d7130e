import type { Fan, TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

/** What users of other waiting rooms have reported; the sources are in docs/topics/outside-cases.md. */
let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { ADMIT_MS: '50' } });
});
afterAll(() => world?.close());

interface State {
  status: string;
  position: number | null;
  ahead: number | null;
}

const path = ({ concertId }: TestConcert) => `/v1/concerts/${concertId}/queue-token`;
const join = async (concert: TestConcert, fan: Fan) =>
  (await world.client.send<State & { token: string }>('post', path(concert), { token: fan.token })).body;
/** Polls as seldom as the answers ask for: time passes for all. */
const poll = async (concert: TestConcert, fan: Fan) => {
  const { body } = await world.client.send<State & { state?: State }>('get', path(concert), fan);
  return body.state ?? body;
};
const leave = (concert: TestConcert, fan: Fan) => world.client.send('delete', path(concert), fan);
const fans = async (concert: TestConcert, count: number) => {
  const made: Fan[] = [];
  for (let i = 0; i < count; i += 1) made.push(await world.fan(concert));
  return made;
};
const room = async (concert: TestConcert) => {
  const { token } = await world.admin();
  const address = `/v1/admin/concerts/${concert.concertId}/waiting-room`;
  const { body } = await world.client.send<{ numbers: { waiting: number; active: number } }>('get', address, { token });
  return body.numbers;
};

test('people who gave up waiting never hold up those who wait', async () => {
  const concert = await world.concert({ room: { maxActive: 3, graceSeconds: 60, sessionSeconds: 300 } });
  const inside = await fans(concert, 3);
  const gone = await fans(concert, 5);
  const patient = await fans(concert, 3);
  expect((await poll(concert, patient[0] as Fan)).position).toBe(6);
  for (let passed = 0; passed < 90; passed += 30) {
    world.clock.offsetMs += 30_000;
    for (const fan of [...inside, ...patient]) await poll(concert, fan);
  }
  for (const fan of inside) await leave(concert, fan);
  for (const fan of patient) await until('in', async () => (await poll(concert, fan)).status === 'active');
  expect(await poll(concert, gone[0] as Fan)).not.toMatchObject({ status: 'active' });
});

test('the numbers that the operator sees do not count who is gone', async () => {
  const concert = await world.concert({ room: { maxActive: 1, graceSeconds: 60, sessionSeconds: 300 } });
  const [inside] = await fans(concert, 1);
  await fans(concert, 4);
  expect(await room(concert)).toMatchObject({ waiting: 4, active: 1 });
  for (let passed = 0; passed < 90; passed += 30) {
    world.clock.offsetMs += 30_000;
    await poll(concert, inside as Fan);
  }
  await until('nobody is counted as waiting', async () => (await room(concert)).waiting === 0);
});

test('after a reset everybody is in a new line from its head on, and old numbers mean nothing', async () => {
  const concert = await world.concert({ room: { maxActive: 1 } });
  const before = await fans(concert, 4);
  const { token } = await world.admin();
  const address = `/v1/admin/concerts/${concert.concertId}/waiting-room/reset`;
  const answer = await world.client.send('post', address, { token, body: { epoch: 1 } });
  expect(answer.status).toBe(200);
  const last = before[3] as Fan;
  expect((await world.client.send('get', path(concert), last)).status).toBeGreaterThanOrEqual(400);
  expect((await join(concert, last)).status).toBe('active');
  expect(await join(concert, before[0] as Fan)).toMatchObject({ status: 'waiting', position: 1 });
});

test('reloading and joining again moves nobody, and whoever leaves moves those behind by one', async () => {
  const concert = await world.concert({ room: { maxActive: 1 } });
  const [, b, c, d, e] = (await fans(concert, 5)) as [Fan, Fan, Fan, Fan, Fan];
  const positions = async (...some: Fan[]) => {
    world.clock.offsetMs += 3000;
    return Promise.all(some.map(async (fan) => (await poll(concert, fan)).position));
  };
  for (let i = 0; i < 3; i += 1) await join(concert, b);
  expect(await positions(b, c, d, e)).toEqual([1, 2, 3, 4]);
  await leave(concert, c);
  expect(await positions(b, d, e)).toEqual([1, 2, 3]);
});

test('a limit that is lowered below those who are in lets nobody else in until so many have left', async () => {
  const concert = await world.concert({ room: { maxActive: 3 } });
  const inside = await fans(concert, 3);
  const [waiting] = (await fans(concert, 1)) as [Fan];
  const { token } = await world.admin();
  const address = `/v1/admin/concerts/${concert.concertId}/waiting-room`;
  expect((await world.client.send('patch', address, { token, body: { maxActive: 1 } })).status).toBe(200);
  for (const fan of inside.slice(0, 2)) {
    await leave(concert, fan);
    world.clock.offsetMs += 3000;
    expect((await poll(concert, waiting)).status).toBe('waiting');
  }
  await leave(concert, inside[2] as Fan);
  await until('in', async () => (await poll(concert, waiting)).status === 'active');
});
