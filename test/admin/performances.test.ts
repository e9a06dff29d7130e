import { startWorld, type World } from '../helpers/world';

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld({ workers: false });
  token = (await world.admin()).token;
  await world.client.send('post', '/v1/admin/concerts', { token, body: { id: 'hall', title: 'Hall' } });
});
afterAll(() => world?.close());

const startsAt = '2031-01-01T19:00:00.000Z';
const section = { name: 'A', rows: 2, seatsPerRow: 3, price: 100 };

const create = (body: unknown, concertId = 'hall') =>
  world.client.send('post', `/v1/admin/concerts/${concertId}/performances`, { token, body });
const seatMap = async (id: string) => {
  const { body } = await world.client.send<{ seats: Record<string, unknown>[] }>('get', `/v1/performances/${id}/seats`);
  return body.seats;
};
const actions = (target: string) => world.context.models.adminActions.find({ target }).lean();

test('a date comes with its seats, numbered through the section, priced by row', async () => {
  const sections = [
    { ...section, price: [300, 200] },
    { name: 'B', rows: 1, seatsPerRow: 2, price: 50 },
  ];
  const { status, body } = await create({ id: 'first', startsAt, sections });
  expect(status).toBe(201);
  expect(body).toMatchObject({ id: 'first', concertId: 'hall', startsAt, refundUntil: startsAt, seatsTotal: 8 });
  const seats = (await seatMap('first')).map(({ id, row, number, price, status: free }) => [
    id,
    row,
    number,
    price,
    free,
  ]);
  expect(seats).toEqual([
    ['first-A-1', '1', 1, 300, 'available'],
    ['first-A-2', '1', 2, 300, 'available'],
    ['first-A-3', '1', 3, 300, 'available'],
    ['first-A-4', '2', 4, 200, 'available'],
    ['first-A-5', '2', 5, 200, 'available'],
    ['first-A-6', '2', 6, 200, 'available'],
    ['first-B-1', '1', 1, 50, 'available'],
    ['first-B-2', '1', 2, 50, 'available'],
  ]);
  const dates = await world.client.send<{ items: unknown[] }>('get', '/v1/concerts/hall/performances');
  expect(dates.body.items).toContainEqual({ ...body, seatsAvailable: 8 });
  expect(await actions('first')).toMatchObject([
    { action: 'performance.create', details: { concertId: 'hall', sections } },
  ]);
});

test('the same date again, also twice at once, is the same answer, one set of seats and one record', async () => {
  const body = { id: 'again', startsAt, sections: [section] };
  const [first, second] = await Promise.all([create(body), create(body)]);
  const third = await create({ ...body, sections: [{ ...section, price: [100, 100] }] });
  expect([second.body, third.body]).toEqual([first.body, first.body]);
  expect(await world.context.models.seats.countDocuments({ performanceId: 'again' })).toBe(6);
  expect(await actions('again')).toHaveLength(1);
});

test('another date under the same id is refused and changes nothing; sold seats stay sold', async () => {
  const body = { id: 'taken', startsAt, sections: [section] };
  await create(body);
  await world.context.models.seats.updateOne({ _id: 'taken-A-1' }, { status: 'sold', holdId: 'hold_x' });
  await world.client.send('post', '/v1/admin/concerts', { token, body: { id: 'other', title: 'Other' } });
  const differing = [
    create({ ...body, startsAt: '2031-01-02T19:00:00.000Z' }),
    create({ ...body, sections: [{ ...section, rows: 3 }] }),
    create({ ...body, sections: [{ ...section, price: 101 }] }),
    create(body, 'other'),
  ];
  for (const { status, body: problem } of await Promise.all(differing))
    expect([status, problem.code]).toEqual([409, 'ALREADY_EXISTS']);
  expect((await create(body)).status).toBe(201);
  expect((await seatMap('taken')).map(({ status }) => status)).toEqual(['sold', ...Array(5).fill('available')]);
});

test('of two different halls under one id at once, one is built and the other refused', async () => {
  const [small, large] = await Promise.all([
    create({ id: 'contested', startsAt, sections: [section] }),
    create({ id: 'contested', startsAt, sections: [{ ...section, name: 'B', rows: 5 }] }),
  ]);
  expect([small.status, large.status].sort()).toEqual([201, 409]);
  const total = small.status === 201 ? 6 : 15;
  expect(await world.context.models.seats.countDocuments({ performanceId: 'contested' })).toBe(total);
});

test('what was interrupted shows to nobody, and asking again completes it', async () => {
  const body = { id: 'half', startsAt, sections: [section] };
  await create(body);
  await world.context.models.performances.deleteOne({ _id: 'half' });
  await world.context.models.seats.deleteMany({ _id: { $in: ['half-A-2', 'half-A-6'] } });
  world.context.seatMapCache.drop('half');
  expect((await world.client.send('get', '/v1/performances/half/seats')).status).toBe(404);
  expect((await create(body)).body).toMatchObject({ seatsTotal: 6 });
  expect(await seatMap('half')).toHaveLength(6);
});

test('50,000 seats are a hall, one more is not', async () => {
  const hall = { name: 'A', rows: 50, seatsPerRow: 1000, price: 10 };
  const { status } = await create({ id: 'arena', startsAt, sections: [hall] });
  expect(status).toBe(201);
  expect(await world.context.models.seats.countDocuments({ performanceId: 'arena' })).toBe(50_000);
  const tooMany = await create({
    ...{ id: 'stadium', startsAt },
    sections: [hall, { name: 'B', rows: 1, seatsPerRow: 1, price: 10 }],
  });
  expect(tooMany.body.errors).toEqual([{ path: 'body.sections', message: expect.stringContaining('50001 seats') }]);
  expect(await world.context.models.seats.countDocuments({ performanceId: 'stadium' })).toBe(0);
});

test.each([
  ['no sections', { sections: [] }, 'body.sections'],
  ['a section without rows', { sections: [{ ...section, rows: 0 }] }, 'body.sections.0.rows'],
  ['half a seat', { sections: [{ ...section, seatsPerRow: 1.5 }] }, 'body.sections.0.seatsPerRow'],
  ['a price below nothing', { sections: [{ ...section, price: -1 }] }, 'body.sections.0.price'],
  ['a price too few', { sections: [{ ...section, price: [100] }] }, 'body.sections.0.price'],
  ['a section name with a dash', { sections: [{ ...section, name: 'A-1' }] }, 'body.sections.0.name'],
  ['a section twice', { sections: [section, section] }, 'body.sections.1.name'],
  ['no time', { startsAt: undefined }, 'body.startsAt'],
  ['a time without a zone', { startsAt: '2031-01-01T19:00:00' }, 'body.startsAt'],
  ['an id with a dot', { id: 'a.b' }, 'body.id'],
  ['an unknown field', { seatsTotal: 9 }, 'body.seatsTotal'],
])('refuses a date with %s', async (_what, wrong, path) => {
  const { status, body } = await create({ id: 'bad', startsAt, sections: [section], ...wrong });
  expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
  expect(body.errors).toContainEqual({ path, message: expect.any(String) });
  expect(await world.context.models.seats.countDocuments({ performanceId: 'bad' })).toBe(0);
  expect(await world.context.models.seatingPlans.countDocuments({ _id: 'bad' })).toBe(0);
});

test('a date of a concert that is not there is refused', async () => {
  const { status, body } = await create({ id: 'bad', startsAt, sections: [section] }, 'nowhere');
  expect([status, body.code]).toEqual([404, 'CONCERT_NOT_FOUND']);
  expect(await world.context.models.seats.countDocuments({ performanceId: 'bad' })).toBe(0);
});

test('a time with an offset is taken; a date that is over is refused, unless it is there already', async () => {
  const zoned = await create({ id: 'zoned', startsAt: '2031-01-02T04:00:00+09:00', sections: [section] });
  expect(zoned).toMatchObject({ status: 201, body: { startsAt: '2031-01-01T19:00:00.000Z' } });
  for (const past of ['2020-01-01T19:00:00Z', '0000-01-01T00:00:00Z']) {
    const refused = await create({ id: 'past', startsAt: past, sections: [section] });
    expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(refused.body.errors).toEqual([{ path: 'body.startsAt', message: 'Must be in the future' }]);
  }
  const { offsetMs } = world.clock;
  world.clock.offsetMs += Date.parse('2031-01-03T00:00:00Z') - world.clock.now();
  const later = await world.admin();
  const again = await world.client.send('post', '/v1/admin/concerts/hall/performances', {
    ...later,
    body: { id: 'zoned', startsAt: '2031-01-01T19:00:00Z', sections: [section] },
  });
  expect(again.status).toBe(201);
  world.clock.offsetMs = offsetMs;
});
