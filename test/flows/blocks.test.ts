import type { Job, PlacedHold, TestConcert, TestUser } from '../helpers/builders';
import { listen } from '../helpers/event-stream';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { closeAudited } from './close-audited';

let world: World;
let admin: TestUser;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_SEATS_PER_HOLD: '4' } });
  admin = await world.admin();
});
afterAll(() => closeAudited(world));

interface Block {
  id: string;
  seats: number;
  blocked: number;
  unfinished: number;
  left: { seatId: string; status: string }[];
  jobs: { id: string; section: string; seats: number; status: string }[];
  freedAt: string | null;
}

const at = ({ performanceId }: TestConcert) => `/v1/admin/performances/${performanceId}/blocks`;
const post = (concert: TestConcert, body: object, key?: string) =>
  world.client.command<Block & { code: string }>('post', at(concert), {
    ...{ token: admin.token, body: { reason: 'Sound desk', ...body } },
    ...(key && { key }),
  });

/** The block once all of its jobs are final. */
async function finished(concert: TestConcert, id: string): Promise<Block> {
  return until('the block to be done', async () => {
    const { body } = await world.client.send<Block>('get', `${at(concert)}/${id}`, { token: admin.token });
    return body.unfinished === 0 ? body : null;
  });
}

async function block(concert: TestConcert, body: object): Promise<Block> {
  const made = await post(concert, body);
  expect(made.status).toBe(202);
  return finished(concert, made.body.id);
}

async function free(concert: TestConcert, id: string): Promise<Block> {
  const { status } = await world.client.send('delete', `${at(concert)}/${id}`, { token: admin.token });
  expect(status).toBe(202);
  return finished(concert, id);
}

interface Seat {
  id: string;
  status: string;
}

/** As anybody sees them, by the last part of their ids. */
async function statuses({ performanceId }: TestConcert): Promise<Record<string, string>> {
  await new Promise((resolve) => setTimeout(resolve, world.config.SEAT_MAP_CACHE_MS + 20));
  const { body } = await world.client.send<{ seats: Seat[] }>('get', `/v1/performances/${performanceId}/seats`, {});
  return Object.fromEntries(body.seats.map(({ id, status }) => [id.slice(performanceId.length + 1), status]));
}

test('seats are blocked for everybody, what is held or sold is named and left alone, and freeing brings back what is left', async () => {
  const concert = await world.concert({ seats: 5, sections: ['A', 'B'] });
  const fan = await world.fan(concert, { points: 5000 });
  const [one = '', two = '', three = '', four = ''] = concert.seatIds;
  await world.pay(fan, (await world.hold(fan, concert, [two])).holdId);
  const other = await world.fan(concert);
  await world.hold(other, concert, [one]);
  const stream = await listen(`${world.url}/v1/performances/${concert.performanceId}/seats/events`, {});
  const made = await block(concert, { seatIds: concert.seatIds.slice(0, 8), channel: 'Sponsor' });
  expect(made).toMatchObject({ seats: 8, blocked: 6, channel: 'Sponsor', reason: 'Sound desk', by: admin.id });
  expect(made.left).toEqual([
    { seatId: one, status: 'held' },
    { seatId: two, status: 'sold' },
  ]);
  expect(made.jobs.map(({ section, seats, status }) => [section, seats, status])).toEqual([
    ['A', 5, 'done'],
    ['B', 3, 'done'],
  ]);
  expect(await statuses(concert)).toMatchObject({ 'A-1': 'held', 'A-2': 'sold', 'A-3': 'blocked', 'B-4': 'available' });
  await until('the stream to say so', async () =>
    stream.events.some(({ data }) => JSON.stringify(data).includes(`{"id":"${three}","status":"blocked"}`)),
  );
  stream.close();
  const dates = await world.client.send<{ items: { seatsAvailable: number }[] }>(
    'get',
    `/v1/concerts/${concert.concertId}/performances`,
    {},
  );
  expect(dates.body.items[0]?.seatsAvailable).toBe(2);

  const hold = (seatIds: string[]) =>
    world.client.command<Job<PlacedHold>>('post', `/v1/performances/${concert.performanceId}/holds`, {
      ...{ token: other.token, queueToken: other.queueToken, body: { seatIds } },
    });
  expect((await hold([three, four])).body.problem).toMatchObject({ code: 'SEAT_BLOCKED', seatIds: [three, four] });
  expect((await hold([two, three])).body.problem).toMatchObject({ code: 'SEAT_TAKEN', seatIds: [two, three] });
  const sales = await world.client.send<{ performances: object[] }>(
    'get',
    `/v1/admin/concerts/${concert.concertId}/sales`,
    { token: admin.token },
  );
  expect(sales.body.performances[0]).toMatchObject({ available: 2, held: 1, sold: 1, blocked: 6 });

  const freed = await free(concert, made.id);
  expect(freed).toMatchObject({ blocked: 0, freedAt: expect.any(String) });
  expect(await statuses(concert)).toMatchObject({
    'A-1': 'held',
    'A-2': 'sold',
    'A-3': 'available',
    'B-1': 'available',
  });
  expect((await hold([three, four])).body.status).toBe('done');
});

test('a whole section, rows, and what none of them is', async () => {
  const concert = await world.concert({ seats: 3, sections: ['A', 'B'] });
  expect(await block(concert, { section: 'A' })).toMatchObject({ seats: 3, blocked: 3 });
  const again = await block(concert, {
    rows: [
      { section: 'A', row: '1' },
      { section: 'B', row: '1' },
    ],
  });
  expect(again).toMatchObject({ seats: 6, blocked: 3 });
  expect(again.left.map(({ status }) => status)).toEqual(['blocked', 'blocked', 'blocked']);
  for (const [body, code] of [
    [{ seatIds: ['nothing'] }, 'SEAT_NOT_FOUND'],
    [{ section: 'C' }, 'SECTION_NOT_FOUND'],
    [{ rows: [{ section: 'A', row: '9' }] }, 'SECTION_NOT_FOUND'],
    [{ section: 'A', seatIds: [concert.seatIds[0]] }, 'VALIDATION_FAILED'],
    [{}, 'VALIDATION_FAILED'],
    [{ section: 'A', reason: ' ' }, 'VALIDATION_FAILED'],
  ] as const)
    expect((await post(concert, body)).body.code).toBe(code);
});

test('the best seats are none that are blocked', async () => {
  const concert = await world.concert({ seats: 6 });
  await block(concert, { seatIds: concert.seatIds.slice(1, 5) });
  const fan = await world.fan(concert);
  const ask = (seats: number) =>
    world.client.command<Job<PlacedHold> & { code?: string; available?: number }>(
      'post',
      `/v1/performances/${concert.performanceId}/holds`,
      { token: fan.token, queueToken: fan.queueToken, body: { best: { seats } } },
    );
  expect((await ask(2)).body).toMatchObject({ code: 'NO_SEATS_TOGETHER', available: 2, together: 1 });
  const { body } = await ask(1);
  expect([concert.seatIds[0], concert.seatIds[5]]).toContain(body.result.seatIds[0]);
});

test('the same key is the same block, and another request with it is a mistake; each is among the actions', async () => {
  const concert = await world.concert({ seats: 2 });
  const first = await post(concert, { section: 'A' }, 'one-key');
  const again = await Promise.all([
    post(concert, { section: 'A' }, 'one-key'),
    post(concert, { section: 'A' }, 'one-key'),
  ]);
  for (const { body, headers } of again) {
    expect(body.id).toBe(first.body.id);
    expect(headers['idempotency-replayed']).toBe('true');
  }
  expect((await post(concert, { section: 'A', channel: 'Press' }, 'one-key')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  await finished(concert, first.body.id);
  const { models } = world.context;
  expect(await models.commands.countDocuments({ 'payload.blockId': first.body.id })).toBe(1);
  await free(concert, first.body.id);
  await free(concert, first.body.id);
  expect(await models.commands.countDocuments({ 'payload.blockId': first.body.id })).toBe(2);
  const actions = await models.adminActions.find({ target: concert.performanceId }).sort({ _id: 1 }).lean();
  expect(actions.map(({ action, adminId }) => [action, adminId])).toEqual([
    ['block.create', admin.id],
    ['block.free', admin.id],
  ]);
  expect(actions[0]?.details).toMatchObject({ blockId: first.body.id, seats: 2, reason: 'Sound desk' });
});

test('lists go page by page, newest first, and another performance has none of it', async () => {
  const concert = await world.concert({ seats: 3, performances: 2 });
  const ids: string[] = [];
  for (const seatId of concert.seatIds) ids.unshift((await block(concert, { seatIds: [seatId] })).id);
  const page = async (query: string) =>
    (
      await world.client.send<{ items: Block[]; nextCursor: string | null }>('get', `${at(concert)}${query}`, {
        token: admin.token,
      })
    ).body;
  const first = await page('?limit=2');
  const second = await page(`?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
  expect(first.items[0]).toMatchObject({ seats: 1, blocked: 1, freedAt: null });
  expect(second.nextCursor).toBeNull();
  const other = { ...concert, performanceId: concert.performances[1]?.id ?? '' };
  const foreign = await world.client.send<{ code: string }>('get', `${at(other)}/${ids[0]}`, { token: admin.token });
  expect(foreign.body.code).toBe('BLOCK_NOT_FOUND');
});

test('a date that was called off blocks nothing more; one that has started does', async () => {
  const concert = await world.concert({ seats: 4 });
  const before = await block(concert, { seatIds: concert.seatIds.slice(0, 1) });
  await world.client.send('post', `/v1/admin/performances/${concert.performanceId}/cancellation`, {
    ...{ token: admin.token, body: { reason: 'rain' } },
  });
  const refused = await block(concert, { section: 'A' });
  expect(refused).toMatchObject({ blocked: 0, jobs: [{ status: 'refused' }] });
  expect(await free(concert, before.id)).toMatchObject({ blocked: 0 });
  const late = await world.concert({ seats: 2 });
  await world.context.models.performances.updateOne(
    { _id: late.performanceId },
    { startsAt: new Date(Date.now() - 1000) },
  );
  expect(await block(late, { section: 'A' })).toMatchObject({ blocked: 2 });
});

test('a large block goes a little at a time, buyers come in between, and freeing it half-way leaves nothing blocked', async () => {
  const concert = await world.concert({ seats: 3000 });
  const fan = await world.fan(concert, { points: 5000 });
  const made = await post(concert, { section: 'A' });
  expect(made.body.jobs).toHaveLength(30);
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(-1));
  expect(holdId).toMatch(/^hold_/);
  const between = await world.context.models.seats.countDocuments({ blockId: made.body.id });
  expect(between).toBeLessThan(2999);
  const freed = await free(concert, made.body.id);
  expect(freed.blocked).toBe(0);
  expect(freed.jobs.some(({ status }) => status === 'skipped')).toBe(true);
  const all = await block(concert, { section: 'A' });
  expect(all).toMatchObject({ seats: 3000, blocked: 2999, left: [{ seatId: concert.seatIds.at(-1), status: 'held' }] });
  expect(all.jobs.every(({ status }) => status === 'done')).toBe(true);
}, 60_000);
