import type { Fan, Job, PlacedHold, TestConcert } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

const windowSeconds = 900;
let world: World;
let concert: TestConcert;
beforeAll(async () => {
  const limits = { MAX_UNPAID_HOLDS: '5', MAX_UNPAID_HOLDS_PER_SEAT: '2', UNPAID_HOLDS_SECONDS: String(windowSeconds) };
  world = await startWorld({ settings: { ...limits, MAX_SEATS_PER_USER: '4' } });
});
afterAll(() => world?.close());
beforeEach(async () => {
  concert = await world.concert({ seats: 10, room: { sessionSeconds: 3600, maxSessionSeconds: 7200 } });
});

const seat = (number: number) => `${concert.performanceId}-A-${number}`;
const place = async (fan: Fan, ...numbers: number[]) => {
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const body = { seatIds: numbers.map(seat) };
  return (await world.client.command<Job<PlacedHold>>('post', path, { ...fan, body })).body;
};
const release = async (fan: Fan, { result }: Job<PlacedHold>) =>
  (await world.client.command<Job>('delete', `/v1/holds/${result.holdId}`, fan)).body.status;
const inSeconds = (seconds: number) => {
  world.clock.offsetMs += seconds * 1000;
};

test('a seat that was held twice and not paid is refused to that user until the first of both is long enough ago', async () => {
  const fan = await world.fan(concert);
  for (let round = 0; round < 2; round += 1) expect(await release(fan, await place(fan, 1))).toBe('done');
  const refused = await place(fan, 1, 2);
  expect(refused).toMatchObject({ status: 'refused', problem: { code: 'SEAT_HELD_TOO_OFTEN', seatIds: [seat(1)] } });
  // Others come to it, and the user to others.
  const friend = await world.fan(concert);
  expect(await release(friend, await place(friend, 1))).toBe('done');
  expect(await release(fan, await place(fan, 2))).toBe('done');
  const retryAt = Date.parse(String(refused.problem.retryAt));
  inSeconds((retryAt - world.clock.now()) / 1000 + 1);
  expect((await place(fan, 1)).status).toBe('done');
});

test('what was paid does not count, and what ran out does', async () => {
  const fan = await world.fan(concert, { points: 10_000 });
  const paid = await place(fan, 1);
  expect((await world.pay(fan, paid.result.holdId)).body.status).toBe('done');
  const joined = await world.client.send<{ token: string }>(
    'post',
    `/v1/concerts/${concert.concertId}/queue-token`,
    fan,
  );
  const again = { ...fan, queueToken: joined.body.token };
  for (let round = 0; round < 2; round += 1) {
    expect((await place(again, 2)).status).toBe('done');
    inSeconds(world.config.HOLD_SECONDS + 1);
  }
  expect(await place(again, 2)).toMatchObject({ problem: { code: 'SEAT_HELD_TOO_OFTEN' } });
  expect((await place(again, 3)).status).toBe('done');
});

test('so many holds of a performance may end unpaid within the window, whatever their seats', async () => {
  const fan = await world.fan(concert);
  for (const number of [1, 2, 3, 4, 5]) expect(await release(fan, await place(fan, number))).toBe('done');
  const refused = await place(fan, 6);
  expect(refused).toMatchObject({ status: 'refused', problem: { code: 'TOO_MANY_UNPAID_HOLDS' } });
  const retryAt = Date.parse(String(refused.problem.retryAt));
  expect(retryAt - world.clock.now()).toBeLessThanOrEqual(windowSeconds * 1000);
  inSeconds((retryAt - world.clock.now()) / 1000 + 1);
  expect((await place(fan, 6)).status).toBe('done');
});

test('one who takes a seat again and again keeps it from ten others for two holds of every window at most', async () => {
  const hog = await world.fan(concert);
  const others = await Promise.all(Array.from({ length: 10 }, () => world.fan(concert)));
  let hogged = 0;
  const bought: Fan[] = [];
  // Two windows, in steps of half a hold. The hog asks first each time, then the others by turns.
  const step = world.config.HOLD_SECONDS / 2;
  for (let at = 0; at < 2 * windowSeconds; at += step) {
    await place(hog, 1);
    const holder = await world.context.models.holds.findOne({ seatIds: seat(1), status: 'held' }).lean();
    if (holder?.userId === hog.id && holder.expiresAt.getTime() > world.clock.now()) hogged += step;
    const other = others[(at / step) % others.length] as Fan;
    const held = await place(other, 1);
    if (held.status === 'done') {
      bought.push(other);
      await release(other, held);
    }
    inSeconds(step);
  }
  expect(hogged).toBeLessThanOrEqual(2 * 2 * (world.config.HOLD_SECONDS + step));
  expect(bought.length).toBeGreaterThan(0);
});
