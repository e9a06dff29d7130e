import type { TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld();
  token = (await world.admin()).token;
});
afterAll(() => world?.close());

interface State {
  token: string;
  status: string;
  position: number | null;
}
interface Room {
  settings: Record<string, unknown>;
  numbers: Record<string, number | null>;
}

const roomPath = ({ concertId }: TestConcert, verb = '') => `/v1/admin/concerts/${concertId}/waiting-room${verb}`;
const limit = (concert: TestConcert, body: unknown) => world.client.send('patch', roomPath(concert), { token, body });
const turn = (concert: TestConcert, verb: string, body?: unknown) =>
  world.client.send('post', roomPath(concert, `/${verb}`), { token, ...(body !== undefined && { body }) });
const room = async (concert: TestConcert) => (await world.client.send<Room>('get', roomPath(concert), { token })).body;
const actions = async ({ concertId }: TestConcert) =>
  (await world.context.models.adminActions.find({ target: concertId }).sort({ _id: 1 }).lean()).map(
    ({ action, details, adminId }) => ({ action, details, adminId }),
  );

async function join({ concertId }: TestConcert): Promise<State> {
  const user = await world.user();
  const { body } = await world.client.send<State>('post', `/v1/concerts/${concertId}/queue-token`, {
    token: user.token,
  });
  return body;
}

test('limits set while the room runs hold for the next visitor, and lifting them lets the line in', async () => {
  const concert = await world.concert();
  expect((await join(concert)).status).toBe('active');
  const { status, body } = await limit(concert, { maxActive: 1 });
  expect([status, body.maxActive, body.graceSeconds]).toEqual([200, 1, 120]);
  expect((await join(concert)).status).toBe('waiting');
  const { settings, numbers } = await room(concert);
  expect(settings).toEqual(body);
  expect(numbers).toMatchObject({ waiting: 1, active: 1, joined: 2, admitted: 1, dropped: 0 });
  await limit(concert, { maxActive: 2 });
  await until('the second visitor is in', async () => (await room(concert)).numbers.active === 2);
  expect((await actions(concert)).map(({ details }) => details)).toEqual([
    { maxActive: { from: null, to: 1 } },
    { maxActive: { from: 1, to: 2 } },
  ]);
});

test('pause keeps people out, resume lets them in; both are safe to repeat', async () => {
  const concert = await world.concert({ room: { maxActive: 100 } });
  expect((await turn(concert, 'pause')).body.paused).toBe(true);
  expect((await turn(concert, 'pause')).body.paused).toBe(true);
  expect((await join(concert)).status).toBe('waiting');
  expect((await room(concert)).numbers).toMatchObject({ waiting: 1, active: 0 });
  expect((await turn(concert, 'resume')).body.paused).toBe(false);
  await until('the visitor is in', async () => (await room(concert)).numbers.active === 1);
  expect((await actions(concert)).map(({ action }) => action)).toEqual(['waiting-room.pause', 'waiting-room.resume']);
});

test('a drained room takes nobody new until it is resumed', async () => {
  const concert = await world.concert();
  expect((await turn(concert, 'drain')).body.draining).toBe(true);
  expect(await join(concert)).toMatchObject({ status: 409, code: 'WAITING_ROOM_CLOSED' });
  await turn(concert, 'resume');
  expect((await join(concert)).status).toBe('active');
});

test('a reset ends the named epoch once: old tokens are worth nothing, a repeat ends nothing more', async () => {
  const concert = await world.concert();
  const fan = await world.fan(concert);
  const hold = () => {
    const options = { token: fan.token, queueToken: fan.queueToken, body: { seatIds: concert.seatIds.slice(0, 1) } };
    return world.client.command('post', `/v1/performances/${concert.performanceId}/holds`, options);
  };
  expect((await turn(concert, 'reset', { epoch: 1 })).body.epoch).toBe(2);
  expect((await turn(concert, 'reset', { epoch: 1 })).body.epoch).toBe(2);
  const refused = await hold();
  expect([refused.status, refused.body.code]).toEqual([403, 'QUEUE_TOKEN_EXPIRED']);
  expect((await room(concert)).numbers).toMatchObject({ active: 0, joined: 0 });
  expect(await actions(concert)).toMatchObject([
    { action: 'waiting-room.reset', details: { epoch: { from: 1, to: 2 } } },
  ]);
  const ahead = await turn(concert, 'reset', { epoch: 3 });
  expect(ahead.body.errors).toEqual([{ path: 'body.epoch', message: 'The epoch is 2' }]);
});

test('every switch needs a concert that exists', async () => {
  const nowhere = { concertId: 'nowhere' } as TestConcert;
  const answers = await Promise.all([
    limit(nowhere, {}),
    turn(nowhere, 'reset', { epoch: 1 }),
    ...['pause', 'resume', 'drain'].map((verb) => turn(nowhere, verb)),
    world.client.send('get', roomPath(nowhere), { token }),
  ]);
  for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'CONCERT_NOT_FOUND']);
});

test.each([
  ['a negative limit', { admitPerMinute: -1 }],
  ['a limit in words', { maxActive: 'many' }],
  ['no limit where there must be one', { graceSeconds: null }],
  ['a session too short to use', { sessionSeconds: 1 }],
  ['visits shorter than sessions', { maxSessionSeconds: 599 }],
  ['a switch among the limits', { paused: true }],
  ['an epoch among the limits', { epoch: 9 }],
])('refuses %s and changes nothing', async (_what, body) => {
  const concert = await world.concert();
  const before = (await room(concert)).settings;
  const { status, body: problem } = await limit(concert, body);
  expect([status, problem.code]).toEqual([400, 'VALIDATION_FAILED']);
  expect((await room(concert)).settings).toEqual(before);
  expect(await actions(concert)).toEqual([]);
});

test('refuses a switch with a body, and a reset without an epoch', async () => {
  const concert = await world.concert();
  const answers = [
    turn(concert, 'pause', { paused: false }),
    turn(concert, 'reset'),
    turn(concert, 'reset', { epoch: 0 }),
  ];
  for (const { body } of await Promise.all(answers)) expect(body.code).toBe('VALIDATION_FAILED');
  expect(await actions(concert)).toEqual([]);
});
