import { createHash } from 'node:crypto';
import type { Fan, TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

interface Event {
  type: string;
  at: string;
  userId: string;
  concertId: string;
  tokenHash: string;
  cursor: string;
}

interface Page {
  items: Event[];
  cursor: string;
}

let world: World;
let admin: TestUser;
beforeAll(async () => {
  world = await startWorld({ settings: { ADMIT_MS: '50' } });
  admin = await world.admin();
});
afterAll(() => world?.close());

async function read(after?: string): Promise<Page> {
  const address = `/v1/admin/events${after ? `?after=${after}` : ''}`;
  const { body } = await world.client.send<Page>('get', address, { token: admin.token });
  return body;
}

/** Follows the feed until `count` people were let in to the concert. */
async function follow(after: string, { concertId }: TestConcert, count: number): Promise<Event[]> {
  const events: Event[] = [];
  let cursor = after;
  await until(`${count} are reported`, async () => {
    const page = await read(cursor);
    events.push(...page.items.filter((event) => event.concertId === concertId));
    cursor = page.cursor;
    return events.length >= count;
  });
  return events;
}

async function joinAll(concert: TestConcert, count: number): Promise<Fan[]> {
  const fans: Fan[] = [];
  for (let i = 0; i < count; i += 1) fans.push(await world.fan(concert));
  return fans;
}

function limit({ concertId }: TestConcert, limits: object) {
  const path = `/v1/admin/concerts/${concertId}/waiting-room`;
  return world.client.send('patch', path, { token: admin.token, body: limits });
}

const ids = (all: { userId: string }[]) => all.map(({ userId }) => userId);
const hashOf = (token: string) => createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');

test('who is admitted is reported in the order of the line, by the tick and by somebody who leaves, from any cursor on', async () => {
  const concert = await world.concert({ room: { maxActive: 2 } });
  const { cursor } = await read();
  const fans = await joinAll(concert, 7);
  await follow(cursor, concert, 2);
  await limit(concert, { maxActive: 5 });
  await follow(cursor, concert, 5);
  const [first] = fans;
  const path = `/v1/concerts/${concert.concertId}/queue-token`;
  await world.client.send('delete', path, { token: first?.token ?? '' });
  const events = await follow(cursor, concert, 6);
  expect(ids(events)).toEqual(fans.slice(0, 6).map(({ id }) => id));
  expect(events.map(({ tokenHash }) => tokenHash)).toEqual(fans.slice(0, 6).map((fan) => hashOf(fan.queueToken)));
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['token.admitted']));
  const times = events.map(({ at }) => Date.parse(at));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  for (const { userId, cursor: from } of events) {
    // Those who were let in by one call come together.
    const behind = events.filter(
      (event) => event.cursor !== from && ids(events).indexOf(event.userId) > ids(events).indexOf(userId),
    );
    expect(await follow(from, concert, behind.length)).toEqual(behind);
  }
});

test('coming back for more is reported again; polls and use are not', async () => {
  const concert = await world.concert({ room: { maxActive: 50 } });
  const { cursor } = await read();
  const fan = await world.fan(concert, { points: 1000 });
  const hold = await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  await world.pay(fan, hold.holdId);
  await follow(cursor, concert, 3);
  await world.client.send('post', `/v1/concerts/${concert.concertId}/queue-token`, { token: fan.token });
  const events = await follow(cursor, concert, 4);
  expect(events.map(({ type, userId }) => [type, userId === fan.id])).toEqual(
    expect.arrayContaining([
      ['hold.placed', true],
      ['hold.paid', true],
    ]),
  );
  expect(events.filter(({ type }) => type === 'token.admitted')).toHaveLength(2);
});

test('what happened while no worker ran, or was stored by one that died before it could forget it, is reported once', async () => {
  const concert = await world.concert({ room: { maxActive: 50 } });
  const { cursor } = await read();
  await world.workers.stop();
  const fans = await joinAll(concert, 12);
  const { redis, config, models } = world.context;
  const key = `${config.QUEUE_PREFIX}:room:{${concert.concertId}}:news`;
  expect(await redis.xlen(key)).toBe(12);
  const [news] = await redis.xrange(key, '-', '+', 'COUNT', 1);
  const [first] = fans;
  const admitted = [{ place: hashOf(first?.queueToken ?? ''), userId: first?.id ?? '' }];
  await models.admissions.create({
    ...{
      _id: `${concert.concertId}:${news?.[0]}`,
      concertId: concert.concertId,
      at: new Date(world.clock.now()),
      deleteAt: new Date(world.clock.now() + 3_600_000),
      admitted,
    },
  });
  await world.workers.start();
  expect(ids(await follow(cursor, concert, 12))).toEqual(fans.map(({ id }) => id));
  await until('Redis has forgotten them', async () => (await redis.xlen(key)) === 0);
  expect(await models.admissions.countDocuments({ concertId: concert.concertId })).toBe(12);
});
