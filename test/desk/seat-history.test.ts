import type { TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let operator: TestUser;
beforeAll(async () => {
  world = await startWorld();
  operator = await world.staff('operator');
});
afterAll(() => world?.close());

interface Step {
  kind: string;
  status: string | null;
  userId: string;
  jobId: string | null;
  requestId: string | null;
  holdId: string | null;
  blockId: string | null;
  changed: boolean;
  left: string | null;
  at: string;
}
interface Page {
  seat: { status: string; blockId: string | null };
  items: Step[];
  nextCursor: string | null;
}
interface Block {
  id: string;
  unfinished: number;
  blocked: number;
}

const blocksOf = ({ performanceId }: TestConcert) => `/v1/admin/performances/${performanceId}/blocks`;
const send = <T>(method: 'get' | 'delete', path: string, requestId = 'a-look') =>
  world.client.send<T>(method, path, { token: operator.token, headers: { 'X-Request-Id': requestId } });

async function finished(concert: TestConcert, id: string): Promise<Block> {
  return until('the block to be done', async () => {
    const { body } = await send<Block>('get', `${blocksOf(concert)}/${id}`);
    return body.unfinished === 0 ? body : null;
  });
}

async function block(concert: TestConcert, seatIds: string[], requestId = 'blocks'): Promise<string> {
  const asked = { token: operator.token, body: { seatIds, reason: 'Desk' }, headers: { 'X-Request-Id': requestId } };
  const { status, body } = await world.client.command<Block>('post', blocksOf(concert), asked);
  expect(status).toBe(202);
  await finished(concert, body.id);
  return body.id;
}

async function free(concert: TestConcert, id: string, requestId = 'frees'): Promise<void> {
  expect((await send('delete', `${blocksOf(concert)}/${id}`, requestId)).status).toBe(202);
  await finished(concert, id);
}

const page = async (seatId: string, query = '') =>
  (await send<Page>('get', `/v1/admin/seats/${seatId}/history${query}`)).body;

/** Page by page. */
async function allOf(seatId: string, limit: number): Promise<Step[]> {
  const read: Step[] = [];
  let cursor: string | null = null;
  do {
    const next: Page = await page(seatId, `?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
    read.push(...next.items);
    cursor = next.nextCursor;
  } while (cursor !== null);
  return read;
}

const inShort = (steps: Step[]) => steps.map(({ kind, changed, left }) => [kind, changed, left]);

test('blocks that a seat was in are in its history, what left it alone too, with operator, outcome and request', async () => {
  const concert = await world.concert({ seats: 4 });
  const fan = await world.fan(concert, { points: 5000 });
  const [one = '', two = ''] = concert.seatIds;
  const { holdId } = await world.hold(fan, concert, [one]);
  const first = await block(concert, [one, two], 'first');
  const second = await block(concert, [one, two], 'second');
  await world.pay(fan, holdId);
  await block(concert, [one], 'third');
  await free(concert, first, 'frees-first');
  await free(concert, second, 'frees-second');

  const ofTwo = await page(two);
  expect(ofTwo.seat).toMatchObject({ status: 'available', blockId: null });
  expect(inShort(ofTwo.items)).toEqual([
    ['seat.unblock', true, null],
    ['seat.block', false, 'blocked'],
    ['seat.block', true, null],
  ]);
  expect(ofTwo.items.map(({ requestId, blockId }) => [requestId, blockId])).toEqual([
    ['frees-first', first],
    ['second', second],
    ['first', first],
  ]);
  for (const step of ofTwo.items) expect(step).toMatchObject({ status: 'done', userId: operator.id, holdId: null });
  for (const { jobId, kind } of ofTwo.items)
    expect(await world.context.models.commands.findById(jobId).lean()).toMatchObject({ kind, status: 'done' });

  const ofOne = await allOf(one, 100);
  expect(inShort(ofOne)).toEqual([
    ['seat.block', false, 'sold'],
    ['payment.pay', true, null],
    ['seat.block', false, 'held'],
    ['seat.block', false, 'held'],
    ['hold.place', true, null],
  ]);
  expect(ofOne.map(({ userId }) => userId)).toEqual([operator.id, fan.id, operator.id, operator.id, fan.id]);
  for (const limit of [1, 2, 3]) expect(await allOf(one, limit)).toEqual(ofOne);
});

test('what was given away out of a block is not freed with it', async () => {
  const concert = await world.concert({ seats: 2 });
  const office = await world.staff('box-office');
  const [seatId = ''] = concert.seatIds;
  const id = await block(concert, concert.seatIds);
  const path = `/v1/admin/performances/${concert.performanceId}/complimentary`;
  const body = { userId: 'guest', seatIds: [seatId], reason: 'Press' };
  const given = await world.client.command('post', path, { token: office.token, body });
  expect(given.body.status).toBe('done');
  // As if it had been given while the freeing waited.
  const { models } = world.context;
  await free(concert, id);
  const freeing = await models.commands.findOne({ 'payload.blockId': id, kind: 'seat.unblock' }).lean();
  await models.commands.updateOne({ _id: freeing?._id }, { 'payload.seatIds': concert.seatIds });
  expect(inShort((await page(seatId)).items)).toEqual([
    ['seat.unblock', false, null],
    ['reservation.issue', true, null],
    ['seat.block', true, null],
  ]);
});

test('while a block waits it is said to wait; what was called off, or freed before, changed nothing', async () => {
  const concert = await world.concert({ seats: 2 });
  const [seatId = ''] = concert.seatIds;
  await world.workers.stop();
  const asked = { token: operator.token, body: { section: 'A', reason: 'Desk' } };
  const made = await world.client.command<Block>('post', blocksOf(concert), asked);
  expect((await page(seatId)).items).toMatchObject([{ kind: 'seat.block', status: 'accepted', changed: false }]);
  await send('delete', `${blocksOf(concert)}/${made.body.id}`);
  await world.workers.start();
  await finished(concert, made.body.id);
  expect((await page(seatId)).items.map(({ kind, status, changed }) => [kind, status, changed])).toEqual([
    ['seat.unblock', 'done', false],
    ['seat.block', 'skipped', false],
  ]);
  const admin = await world.admin();
  await world.client.send('post', `/v1/admin/performances/${concert.performanceId}/cancellation`, {
    ...{ token: admin.token, body: { reason: 'rain' } },
  });
  await block(concert, [seatId]);
  expect((await page(seatId)).items[0]).toMatchObject({ kind: 'seat.block', status: 'refused', changed: false });
});

test('the step of a block is known as long as it has the seat, though its command is gone, and however many blocks came later', async () => {
  const concert = await world.concert({ seats: 2 });
  const [seatId = '', other = ''] = concert.seatIds;
  const id = await block(concert, [seatId]);
  const { models } = world.context;
  const mine = await models.blocks.findById(id).orFail().lean();
  const later = Array.from({ length: 1001 }, (_, i) => ({
    ...{ ...mine, _id: `block_z${String(i).padStart(4, '0')}`, key: `later-${i}` },
    jobs: [{ id: `job_z${i}`, section: 'A', seats: 1 }],
  }));
  await models.blocks.insertMany(later);
  const [command] = await models.commands.find({ 'payload.blockId': id }).lean();
  expect((await page(seatId)).items).toMatchObject([{ kind: 'seat.block', status: 'done', jobId: command?._id }]);
  expect((await page(other)).items).toEqual([]);
  await models.commands.deleteMany({ 'payload.blockId': id });
  expect((await page(seatId)).items).toMatchObject([
    { kind: 'seat.block', status: null, jobId: null, userId: operator.id, blockId: id, changed: true },
  ]);
});

test('pages of a long history adjoin, in the order of what happened, whatever the order of ids', async () => {
  const concert = await world.concert({ seats: 1 });
  const [seatId = ''] = concert.seatIds;
  const { models } = world.context;
  const blockId = await block(concert, [seatId]);
  await free(concert, blockId);
  const [example] = await models.commands.find({ 'payload.blockId': blockId }).lean();
  const mine = await models.blocks.findById(blockId).orFail().lean();
  const start = Date.now() - 10_000_000;
  const holds = Array.from({ length: 1030 }, (_, i) => ({
    // Two by two the younger id is of the older hold, as of what is offered on standby.
    ...{
      _id: `hold_0${String(i ^ 1).padStart(5, '0')}`,
      userId: `user_${i}`,
      seatIds: [seatId],
      status: 'expired' as const,
    },
    ...{ concertId: concert.concertId, performanceId: concert.performanceId, section: 'A', amount: 0 },
    ...{ placedAt: new Date(start + i * 1000), expiresAt: new Date(start), endedAt: new Date(start + i * 1000 + 500) },
    ...{ commandId: `job_hold_${i}`, expireCommandId: `expire_hold_${i}` },
  }));
  await models.holds.insertMany(holds);
  // In the middle of every hundredth hold a block finds the seat held.
  const found = Array.from({ length: 11 }, (_, i) => ({ i, at: new Date(start + i * 100_000 + 250) }));
  const result = { blockId, seatIds: [], left: [{ seatId, status: 'held' }] };
  await models.commands.insertMany(
    found.map(({ i, at }) => ({ ...example, _id: `job_found_${i}`, finishedAt: at, result, requestId: `found-${i}` })),
  );
  await models.blocks.insertMany(
    found.map(({ i }) => ({
      ...{ ...mine, _id: `block_0${i}`, key: `found-${i}`, freeJobs: [] },
      jobs: [{ id: `job_found_${i}`, section: 'A', seats: 1 }],
    })),
  );
  const steps = await allOf(seatId, 97);
  expect(steps).toHaveLength(2 + 2 * holds.length + found.length);
  const times = steps.map(({ at }) => at);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(new Set(steps.map(({ kind, jobId }) => `${kind} ${jobId}`)).size).toBe(steps.length);
  expect(await allOf(seatId, 100)).toEqual(steps);
}, 60_000);

test('a cursor that no page gave is refused', async () => {
  const concert = await world.concert({ seats: 1 });
  const wrong = Buffer.from(JSON.stringify(['hold_x'])).toString('base64url');
  const { status } = await send('get', `/v1/admin/seats/${concert.seatIds[0]}/history?cursor=${wrong}`);
  expect(status).toBe(400);
});
