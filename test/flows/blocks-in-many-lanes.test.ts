import type { TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { closeAudited } from './close-audited';

let world: World;
let admin: TestUser;
beforeAll(async () => {
  world = await startWorld({ settings: { GROUP_SIZE: '4' } });
  admin = await world.admin();
});
afterAll(() => closeAudited(world));

interface Block {
  id: string;
  blocked: number;
  unfinished: number;
}

const at = ({ performanceId }: TestConcert) => `/v1/admin/performances/${performanceId}/blocks`;
const post = (concert: TestConcert, body: object) =>
  world.client.command<Block>('post', at(concert), { token: admin.token, body: { reason: 'Sound desk', ...body } });

/** The block once all of its jobs are final. */
async function finished(concert: TestConcert, id: string): Promise<Block> {
  return until('the block to be done', async () => {
    const { body } = await world.client.send<Block>('get', `${at(concert)}/${id}`, { token: admin.token });
    return body.unfinished === 0 ? body : null;
  });
}

test('of blocks in many lanes one batch carries out as much as of one, and what people ask for goes past them', async () => {
  const concert = await world.concert({ seats: 400, sections: ['A', 'B', 'C', 'D'] });
  const other = await world.concert({ seats: 1 });
  const fan = await world.fan(other);
  const ids: string[] = [];
  for (const section of ['A', 'B', 'C', 'D']) ids.push((await post(concert, { section })).body.id);
  expect((await world.hold(fan, other, other.seatIds)).holdId).toMatch(/^hold_/);
  const { models } = world.context;
  const atOnce = async (kind: 'seat.block' | 'seat.unblock') => {
    const commands = await models.commands.find({ 'payload.performanceId': concert.performanceId, kind }).lean();
    expect(commands.map(({ status }) => status)).toEqual(Array(16).fill('done'));
    const seats = new Map<number, number>();
    for (const { finishedAt, payload } of commands) {
      const time = finishedAt?.getTime() ?? 0;
      seats.set(time, (seats.get(time) ?? 0) + (payload as { seatIds: string[] }).seatIds.length);
    }
    return Math.max(...seats.values());
  };
  for (const id of ids) expect((await finished(concert, id)).blocked).toBe(400);
  expect(await atOnce('seat.block')).toBe(100);
  for (const id of ids) await world.client.send('delete', `${at(concert)}/${id}`, { token: admin.token });
  for (const id of ids) expect((await finished(concert, id)).blocked).toBe(0);
  expect(await atOnce('seat.unblock')).toBe(100);
}, 60_000);

test('a small block that is asked for during a large one takes its turn, and what comes after a freeing stays after it', async () => {
  const sections = ['A', 'B', 'C', 'D', 'E', 'F'];
  const hall = await world.concert({ seats: 1000, sections });
  const large = await Promise.all(sections.map(async (section) => (await post(hall, { section })).body.id));
  const small = await world.concert({ seats: 2 });
  const { seatIds } = small;
  const first = await post(small, { seatIds });
  expect((await finished(small, first.body.id)).blocked).toBe(2);
  const free = await world.client.send('delete', `${at(small)}/${first.body.id}`, { token: admin.token });
  expect(free.status).toBe(202);
  const again = await post(small, { seatIds });
  expect((await finished(small, again.body.id)).blocked).toBe(2);
  // All that while the large one went on.
  const left = await Promise.all(
    large.map(async (id) => (await world.client.send<Block>('get', `${at(hall)}/${id}`, { token: admin.token })).body),
  );
  expect(left.reduce((sum, { unfinished }) => sum + unfinished, 0)).toBeGreaterThan(0);
  for (const id of large) await finished(hall, id);
}, 120_000);

test('more blocks than a batch has commands keep no buyer waiting', async () => {
  const concert = await world.concert({ seats: 3000 });
  const other = await world.concert({ seats: 1 });
  const fan = await world.fan(other);
  await world.workers.stop();
  const ids: string[] = [];
  for (let from = 0; from < 3000; from += 100)
    ids.push((await post(concert, { seatIds: concert.seatIds.slice(from, from + 100) })).body.id);
  const body = { seatIds: other.seatIds };
  const path = `/v1/performances/${other.performanceId}/holds`;
  await world.client.command('post', path, { ...fan, body, wait: null });
  await world.workers.start();
  for (const id of ids) await finished(concert, id);
  const { models } = world.context;
  const { finishedAt } = await models.commands.findOne({ userId: fan.id, kind: 'hold.place' }).orFail().lean();
  const before = { 'payload.performanceId': concert.performanceId, finishedAt: { $lt: finishedAt } };
  expect(await models.commands.countDocuments(before)).toBeLessThan(15);
}, 60_000);
