import type { Fan, TestConcert } from '../helpers/builders';
import { snapshot } from '../helpers/snapshot';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

interface State {
  token: string;
  status: string;
  position: number | null;
  ahead: number | null;
  pollAfterSeconds: number;
  activeUntil: string | null;
  entryUrl: string | null;
}

let world: World;
let open: TestConcert;
let single: TestConcert;
beforeAll(async () => {
  world = await startWorld();
  [open, single] = await Promise.all([world.concert(), world.concert({ room: { maxActive: 1 } })]);
});
afterAll(() => world?.close());

const at = ({ concertId }: TestConcert) => `/v1/concerts/${concertId}/queue-token`;
const place = ({ performanceId, seatIds }: TestConcert, who: { token: string; queueToken?: string }) =>
  world.client.command('post', `/v1/performances/${performanceId}/holds`, {
    ...who,
    body: { seatIds: seatIds.slice(0, 1) },
  });

test('without limits one is in at once, and joining again is the same token', async () => {
  const user = await world.user();
  const first = await world.client.send<State>('post', at(open), user);
  expect(first).toMatchObject({
    status: 200,
    body: { status: 'active', entryUrl: `/v1/concerts/${open.concertId}/performances` },
  });
  const again = await world.client.send<State>('post', at(open), user);
  expect(again.body.token).toBe(first.body.token);
  const poll = await world.client.send<State>('get', at(open), { ...user, queueToken: first.body.token });
  expect(poll.body).toMatchObject({ status: 'active', activeUntil: expect.any(String) });
  const elsewhere = await world.client.send<State>('get', at(open), user);
  expect(elsewhere.body.status).toBe('active');
});

test('one waits, and is in when the other leaves', async () => {
  const inside = await world.fan(single);
  const outside = await world.fan(single);
  const waiting = await world.client.send<State>('post', at(single), outside);
  expect(waiting.body).toMatchObject({ status: 'waiting', position: 1, ahead: 0, activeUntil: null });
  const left = await world.client.send<State>('delete', at(single), inside);
  expect(left.body.status).toBe('left');
  const now = await until('let in', async () => {
    const { body } = await world.client.send<State>('post', at(single), outside);
    return body.status === 'active' && body;
  });
  expect(now.token).toBe(outside.queueToken);
  await world.client.send('delete', at(single), outside);
});

describe('a hold without an active token of one’s own for this concert: 403, nothing accepted or changed', () => {
  const cases: [string, string, () => Promise<{ token: string; queueToken?: string }>][] = [
    ['none', 'QUEUE_TOKEN_REQUIRED', () => world.user()],
    ['forged', 'QUEUE_TOKEN_INVALID', async () => ({ ...(await world.fan(single)), queueToken: 'x'.repeat(43) })],
    ['of another concert', 'QUEUE_TOKEN_INVALID', () => world.fan(open)],
    [
      'of another user',
      'QUEUE_TOKEN_INVALID',
      async () => ({ ...(await world.user()), queueToken: (await world.fan(single)).queueToken }),
    ],
    [
      'still waiting',
      'QUEUE_TOKEN_NOT_ACTIVE',
      async () => {
        await world.fan(single);
        return world.fan(single);
      },
    ],
  ];

  async function refusal(who: Fan | { token: string; queueToken?: string }, code: string) {
    const before = await snapshot(world);
    const answer = await place(single, who);
    expect(answer).toMatchObject({ status: 403, body: { code } });
    expect(await world.context.models.commands.countDocuments({ kind: 'hold.place' })).toBe(0);
    expect(await snapshot(world)).toEqual(before);
  }

  test.each(cases)('%s: %s', async (_name, code, who) => refusal(await who(), code));

  test('expired: QUEUE_TOKEN_EXPIRED', async () => {
    const room = { sessionSeconds: 60, maxSessionSeconds: 60 };
    const brief = await world.concert({ room });
    const fan = await world.fan(brief);
    world.clock.offsetMs += 61_000;
    const before = await snapshot(world);
    expect(await place(brief, fan)).toMatchObject({ status: 403, body: { code: 'QUEUE_TOKEN_EXPIRED' } });
    expect(await world.client.send('get', at(brief), fan)).toMatchObject({
      status: 403,
      body: { code: 'QUEUE_TOKEN_EXPIRED' },
    });
    expect(await snapshot(world)).toEqual(before);
  });
});
