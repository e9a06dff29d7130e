import type { TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

interface Seat {
  id: string;
  section: string;
  row: string;
  number: number;
  status: string;
}

let world: World;
let concert: TestConcert;
beforeAll(async () => {
  world = await startWorld();
  concert = await world.concert({ seats: 3, sections: ['B', 'A'], performances: 3, price: 1500 });
});
afterAll(() => world?.close());

const get = <T>(path: string, headers?: Record<string, string>) =>
  world.client.send<T>('get', path, { ...(headers && { headers }) });

test('concerts page by page', async () => {
  const others = await Promise.all([world.concert(), world.concert()]);
  const expected = [concert, ...others].map(({ concertId }) => concertId).sort();
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '?limit=2' : `?limit=2&cursor=${cursor}`;
    const { body } = await get<{ items: { id: string }[]; nextCursor: string | null }>(`/v1/concerts${query}`);
    seen.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  }
  expect(seen).toEqual(expected);
});

test('dates in order with free seats; those that have started are gone', async () => {
  const path = `/v1/concerts/${concert.concertId}/performances`;
  const dates = () => get<{ items: { id: string; seatsAvailable: number }[]; nextCursor: string | null }>(path);
  const { body } = await dates();
  expect(body.items.map(({ id }) => id)).toEqual(concert.performances.map(({ id }) => id));
  expect(body.items[0]).toMatchObject({ concertId: concert.concertId, seatsTotal: 6, seatsAvailable: 6 });
  const fan = await world.fan(concert);
  await world.hold(fan, concert, concert.seatIds.slice(0, 2));
  await until('two seats fewer are free', async () => (await dates()).body.items[0]?.seatsAvailable === 4);
  const first = await get<{ items: unknown[]; nextCursor: string }>(`${path}?limit=1`);
  const second = await get<{ items: unknown[]; nextCursor: string }>(`${path}?limit=2&cursor=${first.body.nextCursor}`);
  expect(second.body).toMatchObject({ items: body.items.slice(1).map(({ id }) => ({ id })), nextCursor: null });
  const { models } = world.context;
  await models.performances.updateOne({ _id: concert.performanceId }, { startsAt: new Date(1) });
  await until('it is listed no more', async () => (await dates()).body.items.length === 2);
});

test('a concert without dates says so', async () => {
  await world.context.models.concerts.create({ _id: 'concert_bare', title: 'Bare', createdAt: new Date() });
  const answer = await get('/v1/concerts/concert_bare/performances');
  expect(answer).toMatchObject({ status: 404, body: { code: 'PERFORMANCES_NOT_SCHEDULED' } });
  expect(await get('/v1/concerts/concert_none/performances')).toMatchObject({
    status: 404,
    body: { code: 'CONCERT_NOT_FOUND' },
  });
});

test('the seat map is ordered, and a 304 while nothing changed', async () => {
  const { id: performanceId, seatIds } = concert.performances[1] ?? { id: '', seatIds: [] };
  const path = `/v1/performances/${performanceId}/seats`;
  const { body, headers } = await get<{ seats: Seat[] }>(path);
  expect(body.seats.map(({ section, number }) => `${section}${number}`)).toEqual(['A1', 'A2', 'A3', 'B1', 'B2', 'B3']);
  expect(headers).toMatchObject({ etag: expect.stringMatching(/^"[\w-]{27}"$/), 'cache-control': 'no-cache' });
  const etag = headers.etag ?? '';
  for (const given of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const unchanged = await get(path, { 'If-None-Match': given });
    expect(unchanged).toMatchObject({ status: 304, text: '', headers: { etag } });
  }
  await world.context.models.seats.updateOne({ _id: seatIds[0] }, { status: 'sold' });
  const changed = await until('the change shows', async () => {
    const answer = await get<{ seats: Seat[] }>(path, { 'If-None-Match': etag });
    return answer.status === 200 && answer;
  });
  expect(changed.headers.etag).not.toBe(etag);
  expect(changed.body.seats.find(({ id }) => id === seatIds[0])?.status).toBe('sold');
});

test('a date that is set up while people ask for it is there a moment later', async () => {
  const path = '/v1/performances/perf_later/seats';
  expect(await get(path)).toMatchObject({ status: 404, body: { code: 'PERFORMANCE_NOT_FOUND' } });
  const { models } = world.context;
  await models.performances.create({
    _id: 'perf_later',
    concertId: concert.concertId,
    startsAt: new Date(),
    seatsTotal: 0,
  });
  expect(await get(path)).toMatchObject({ status: 200, body: { performanceId: 'perf_later', seats: [] } });
});

test('one date comes with its concert, before and after its start', async () => {
  const id = concert.performances[2]?.id ?? '';
  const date = () => get<{ startsAt: string }>(`/v1/performances/${id}`);
  const { body } = await date();
  const counts = { seatsTotal: 6, seatsAvailable: 6 };
  expect(body).toMatchObject({ id, concertId: concert.concertId, concertTitle: 'A concert of tests', ...counts });
  world.clock.offsetMs += 30 * 24 * 60 * 60 * 1000;
  expect((await date()).body).toEqual(body);
});

test("`Date` is the product's time, by which holds end", async () => {
  const secondsOff = ({ headers }: { headers: { date?: string } }) =>
    Math.abs(Date.parse(headers.date ?? '') - world.clock.now()) / 1000;
  expect(secondsOff(await get('/v1/concerts'))).toBeLessThan(2);
  world.clock.offsetMs += 60_000;
  expect(secondsOff(await get('/v1/concerts'))).toBeLessThan(2);
});

test('one concert, or that there is none', async () => {
  const { concertId } = concert;
  const { body } = await get(`/v1/concerts/${concertId}`);
  expect(body).toEqual({ id: concertId, title: 'A concert of tests', opensAt: null, timeZone: 'UTC' });
  expect(await get('/v1/concerts/nothing')).toMatchObject({ status: 404, body: { code: 'CONCERT_NOT_FOUND' } });
});
