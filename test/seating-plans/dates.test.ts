import { startWorld, type World } from '../helpers/world';

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld();
  token = (await world.admin()).token;
  await world.client.send('post', '/v1/admin/concerts', { token, body: { id: 'show', title: 'Show' } });
});
afterAll(() => world?.close());

const startsAt = '2031-01-01T19:00:00.000Z';
const seats = [
  { section: '1층', row: 'B', number: 1, category: 'R', x: 0, y: 0, attributes: ['aisle'], rank: 1 },
  { section: '1층', row: 'B', number: 2, label: '2W', category: 'S', x: 1, y: 0, attributes: ['accessible'] },
  { section: '1층', row: 'A', number: 1, category: 'S', x: 0, y: 1 },
  { section: 'Box', row: '1', number: 5, category: 'R', x: 5, y: 0 },
];
const prices = { R: 1500, S: 800 };

const importPlan = (id: string, more: object = {}) =>
  world.client.send('post', '/v1/admin/seating-plans', { token, body: { id, title: 'Hall', seats, ...more } });
const create = (body: object) => world.client.send('post', '/v1/admin/concerts/show/performances', { token, body });
const seatMap = async (id: string) =>
  (await world.client.send<{ seats: Record<string, unknown>[] }>('get', `/v1/performances/${id}/seats`)).body.seats;

test('a date is made from a plan: its seats in the order of the plan, each at the price of its category', async () => {
  await importPlan('hall');
  const { status, body } = await create({ id: 'first', startsAt, seatingPlanId: 'hall', prices });
  expect([status, body.seatsTotal]).toEqual([201, 4]);
  const common = { status: 'available' };
  expect(await seatMap('first')).toEqual([
    {
      id: 'first-_1-1',
      section: '1층',
      row: 'B',
      number: 1,
      x: 0,
      y: 0,
      attributes: ['aisle'],
      rank: 1,
      price: 1500,
      ...common,
    },
    {
      id: 'first-_1-2',
      section: '1층',
      row: 'B',
      number: 2,
      label: '2W',
      x: 1,
      y: 0,
      attributes: ['accessible'],
      price: 800,
      ...common,
    },
    { id: 'first-_1-3', section: '1층', row: 'A', number: 1, x: 0, y: 1, price: 800, ...common },
    { id: 'first-Box-1', section: 'Box', row: '1', number: 5, x: 5, y: 0, price: 1500, ...common },
  ]);
  expect((await world.client.send('get', '/v1/admin/seating-plans/hall', { token })).body.used).toBe(true);
});

test('its seats are held, paid and shown as any others', async () => {
  await importPlan('sold');
  await create({ id: 'second', startsAt, seatingPlanId: 'sold', prices });
  const concert = { concertId: 'show', performances: [], performanceId: 'second', seatIds: [] };
  const fan = await world.fan(concert, { points: 5000 });
  const { holdId, amount } = await world.hold(fan, concert, ['second-_1-1', 'second-_1-2']);
  expect(amount).toBe(2300);
  expect((await world.pay(fan, holdId)).body.status).toBe('done');
  const stored = await world.context.models.seats.findById('second-_1-2').lean();
  expect(stored).toMatchObject({ status: 'sold', label: '2W', attributes: ['accessible'], category: 'S', order: 2 });
  // Sold seats stand elsewhere in the index.
  expect((await seatMap('second')).map(({ row, number }) => [row, number])).toEqual([
    ['B', 1],
    ['B', 2],
    ['A', 1],
    ['1', 5],
  ]);
});

test('a plan serves many dates at other prices; the same request again is the same date', async () => {
  await importPlan('reused');
  for (const [id, R] of [
    ['monday', 100],
    ['tuesday', 200],
  ] as const) {
    const body = { id, startsAt, seatingPlanId: 'reused', prices: { R, S: 50 } };
    const [one, two] = await Promise.all([create(body), create(body)]);
    expect([one.status, two.body]).toEqual([201, one.body]);
    expect((await seatMap(id)).map(({ price }) => price)).toEqual([R, 50, 50, R]);
    expect(await world.context.models.seats.countDocuments({ performanceId: id })).toBe(4);
  }
  const other = await create({ id: 'monday', startsAt, seatingPlanId: 'reused', prices: { R: 101, S: 50 } });
  expect(other).toMatchObject({ status: 409, body: { code: 'ALREADY_EXISTS' } });
});

test('an edit is a version of its own: dates of before stay, and what was begun is finished as it was begun', async () => {
  await importPlan('grows');
  const body = { id: 'early', startsAt, seatingPlanId: 'grows', prices };
  await create(body);
  await world.context.models.performances.deleteOne({ _id: 'early' });
  await world.context.models.seats.deleteMany({ _id: { $in: ['early-_1-2', 'early-Box-1'] } });
  expect((await importPlan('grows', { seats: seats.slice(0, 1), replaces: 1 })).body).toMatchObject({ version: 2 });
  expect(await create(body)).toMatchObject({ status: 201, body: { seatsTotal: 4 } });
  expect(await seatMap('early')).toHaveLength(4);
  const late = await create({ ...body, id: 'late', prices: { R: 1 } });
  expect(late.body).toMatchObject({ seatsTotal: 1 });
  expect(await world.context.models.keptPlanSeats.distinct('_id', { _id: /^grows\./ })).toEqual([
    'grows.1.00000',
    'grows.2.00000',
  ]);
});

test('a plan that a date was made from is not deleted', async () => {
  await importPlan('kept');
  await create({ id: 'last', startsAt, seatingPlanId: 'kept', prices });
  await importPlan('kept', { seats: seats.slice(1), replaces: 1 });
  const refused = await world.client.send('delete', '/v1/admin/seating-plans/kept', { token });
  expect(refused).toMatchObject({ status: 409, body: { code: 'SEATING_PLAN_IN_USE' } });
  expect(
    (await world.client.send<{ seats: unknown[] }>('get', '/v1/admin/seating-plans/kept', { token })).body.seats,
  ).toHaveLength(3);
});

test('of a date and a deletion at once, one wins and the other says so', async () => {
  for (let round = 0; round < 10; round += 1) {
    await importPlan(`race-${round}`);
    const [made, deleted] = await Promise.all([
      create({ id: `race-${round}`, startsAt, seatingPlanId: `race-${round}`, prices }),
      world.client.send('delete', `/v1/admin/seating-plans/race-${round}`, { token }),
    ]);
    expect([
      [201, 409],
      [404, 204],
    ]).toContainEqual([made.status, deleted.status]);
    if (made.status === 201) expect(await seatMap(`race-${round}`)).toHaveLength(4);
  }
});

test.each([
  ['a price missing', { prices: { R: 1 } }, 'body.prices.S'],
  ['no prices', { prices: undefined }, 'body.prices.R'],
  ['a price of nothing in it', { prices: { ...prices, VIP: 5 } }, 'body.prices.VIP'],
  ['a price that is none', { prices: { ...prices, S: 1.5 } }, 'body.prices.S'],
  ['sections as well', { sections: [{ name: 'A', rows: 1, seatsPerRow: 1, price: 1 }] }, 'body'],
  ['neither', { seatingPlanId: undefined }, 'body'],
])('a date with %s is refused', async (_what, wrong, path) => {
  await importPlan('strict');
  const { status, body } = await create({ id: 'bad', startsAt, seatingPlanId: 'strict', prices, ...wrong });
  expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
  expect(body.errors).toContainEqual({ path, message: expect.any(String) });
  expect(await world.context.models.seatingPlans.countDocuments({ _id: 'bad' })).toBe(0);
});

test('a plan that is not there makes no date', async () => {
  const { status, body } = await create({ id: 'bad', startsAt, seatingPlanId: 'nowhere', prices });
  expect([status, body.code]).toEqual([404, 'SEATING_PLAN_NOT_FOUND']);
});

test('rows of sections have categories too, in place of prices', async () => {
  const sections = [
    { name: 'A', rows: 2, seatsPerRow: 1, category: ['R', 'S'] },
    { name: 'B', rows: 1, seatsPerRow: 1, category: 'S' },
    { name: 'C', rows: 1, seatsPerRow: 1, price: 5 },
  ];
  expect((await create({ id: 'rows', startsAt, sections, prices })).status).toBe(201);
  expect((await seatMap('rows')).map(({ price }) => price)).toEqual([1500, 800, 800, 5]);
});

test.each([
  ['both', { price: 5, category: 'R' }, 'body.sections.0.category'],
  ['neither', {}, 'body.sections.0.price'],
  ['a category without a price', { category: 'VIP' }, 'body.sections.0.category'],
  ['one that every object has', { category: 'constructor' }, 'body.sections.0.category'],
  ['a category too few', { category: ['R'] }, 'body.sections.0.category'],
])('a section with %s is refused', async (_what, own, path) => {
  const sections = [{ name: 'A', rows: 2, seatsPerRow: 1, ...own }];
  const { status, body } = await create({ id: 'bad', startsAt, sections, prices });
  expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
  expect(body.errors).toContainEqual({ path, message: expect.any(String) });
});

test('a hall without a plan: its map has not a byte more than before', async () => {
  const concert = await world.concert({ seats: 2 });
  const { text } = await world.client.send('get', `/v1/performances/${concert.performanceId}/seats`);
  const seat = (number: number) =>
    `{"id":"${concert.performanceId}-A-${number}","section":"A","row":"1","number":${number},"price":1000,"status":"available"}`;
  expect(text).toBe(`{"performanceId":"${concert.performanceId}","seats":[${seat(1)},${seat(2)}]}`);
});
