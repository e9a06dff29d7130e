import { startWorld, type World } from '../helpers/world';

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld({ workers: false });
  token = (await world.admin()).token;
});
afterAll(() => world?.close());

const create = (body: unknown) => world.client.send('post', '/v1/admin/concerts', { token, body });
const actions = (target: string) => world.context.models.adminActions.find({ target }).sort({ _id: 1 }).lean();

test('a concert is created with the limits given, and shows to everybody', async () => {
  const room = { maxActive: 5, admitPerMinute: 60, sessionSeconds: 30 };
  const opensAt = '2031-01-01T10:00:00.000Z';
  const { status, body } = await create({
    ...{ id: 'made', title: ' Made ', opensAt, timeZone: 'Asia/Seoul', entryUrl: 'https://x.test/in', room },
  });
  expect(status).toBe(201);
  expect(body).toEqual({
    ...{ id: 'made', title: 'Made', opensAt, timeZone: 'Asia/Seoul', entryUrl: 'https://x.test/in' },
    createdAt: expect.any(String),
    room: { ...room, maxSessionSeconds: 1800, graceSeconds: 120, paused: false, draining: false, epoch: 1 },
  });
  const listed = await world.client.send<{ items: unknown[] }>('get', '/v1/concerts');
  expect(listed.body.items).toContainEqual({ id: 'made', title: 'Made', opensAt, timeZone: 'Asia/Seoul' });
});

test('the same concert again is the same answer and no second record; another one under its id is refused', async () => {
  const body = { id: 'again', title: 'Again', room: { maxActive: 5 } };
  const [first, second] = await Promise.all([create(body), create(body)]);
  expect(second.body).toEqual(first.body);
  await world.client.send('post', '/v1/admin/concerts/again/waiting-room/pause', { token });
  expect((await create(body)).status).toBe(201);
  const others = [
    { title: 'Other' },
    { opensAt: '2031-01-01T10:00:00.000Z' },
    { timeZone: 'UTC' },
    { room: { maxActive: 6 } },
  ];
  for (const other of others) {
    const refused = await create({ ...body, ...other });
    expect([refused.status, refused.body.code]).toEqual([409, 'ALREADY_EXISTS']);
  }
  expect((await actions('again')).map(({ action }) => action)).toEqual(['concert.create', 'waiting-room.pause']);
});

test.each([
  ['no id', { title: 'T' }, 'body.id'],
  ['an id with a brace', { id: 'a{b', title: 'T' }, 'body.id'],
  ['an id of 41 characters', { id: 'a'.repeat(41), title: 'T' }, 'body.id'],
  ['a blank title', { id: 'bad', title: ' ' }, 'body.title'],
  ['a title of 201 characters', { id: 'bad', title: 'a'.repeat(201) }, 'body.title'],
  ['a day without a time', { id: 'bad', title: 'T', opensAt: '2031-01-01' }, 'body.opensAt'],
  ['a time zone that is none', { id: 'bad', title: 'T', timeZone: 'Asia/Soul' }, 'body.timeZone'],
  ['a time zone in small letters', { id: 'bad', title: 'T', timeZone: 'asia/seoul' }, 'body.timeZone'],
  ['an offset, which knows no summer time', { id: 'bad', title: 'T', timeZone: '+09:00' }, 'body.timeZone'],
  ['an abbreviation that is no time zone', { id: 'bad', title: 'T', timeZone: 'KST' }, 'body.timeZone'],
  ['an empty time zone', { id: 'bad', title: 'T', timeZone: '' }, 'body.timeZone'],
  ['an address that a browser would run', { id: 'bad', title: 'T', entryUrl: 'javascript:alert(1)' }, 'body.entryUrl'],
  ['an unknown field', { id: 'bad', title: 'T', epoch: 9 }, 'body.epoch'],
  ['a negative limit', { id: 'bad', title: 'T', room: { maxActive: -1 } }, 'body.room.maxActive'],
  ['half a visitor', { id: 'bad', title: 'T', room: { maxActive: 0.5 } }, 'body.room.maxActive'],
  ['a setting that is no limit', { id: 'bad', title: 'T', room: { epoch: 2 } }, 'body.room.epoch'],
  [
    'visits shorter than sessions',
    { id: 'bad', title: 'T', room: { maxSessionSeconds: 20 } },
    'body.maxSessionSeconds',
  ],
  ['a list', [], 'body'],
])('refuses a concert with %s', async (_what, body, path) => {
  const { status, body: problem } = await create(body);
  expect([status, problem.code]).toEqual([400, 'VALIDATION_FAILED']);
  expect(problem.errors).toContainEqual({ path, message: expect.any(String) });
  expect(await world.context.models.concerts.countDocuments({ _id: { $nin: ['made', 'again'] } })).toBe(0);
  expect(await actions('bad')).toEqual([]);
});

test('a bad time zone is refused with a sentence that says what is wanted', async () => {
  const { body } = await create({ id: 'bad', title: 'T', timeZone: 'Seoul' });
  const message = 'Must be an IANA time zone such as Asia/Seoul';
  expect(body.errors).toEqual([{ path: 'body.timeZone', message }]);
});

describe('changing', () => {
  const update = (id: string, body: unknown) => world.client.send('patch', `/v1/admin/concerts/${id}`, { token, body });

  test('changes what is named, keeps the rest, and records from what to what', async () => {
    await create({ id: 'changed', title: 'Before', entryUrl: 'https://x.test/a', room: { maxActive: 5 } });
    const { status, body } = await update('changed', { title: 'After', entryUrl: null });
    expect(status).toBe(200);
    expect(body).toMatchObject({ title: 'After', entryUrl: null, opensAt: null, room: { maxActive: 5 } });
    expect((await update('changed', { opensAt: '2031-05-05T10:00:00Z' })).body.opensAt).toBe(
      '2031-05-05T10:00:00.000Z',
    );
    expect((await update('changed', { title: 'After', opensAt: null })).body.opensAt).toBeNull();
    const [, second, third, fourth, ...more] = await actions('changed');
    expect(second).toMatchObject({
      action: 'concert.update',
      details: { title: { from: 'Before', to: 'After' }, entryUrl: { from: 'https://x.test/a', to: null } },
    });
    expect([third, fourth].map((action) => Object.keys(action?.details ?? {}))).toEqual([['opensAt'], ['opensAt']]);
    expect(more).toEqual([]);
  });

  test('the time zone is set, and given back to the setting', async () => {
    await create({ id: 'moved', title: 'Moved' });
    const zones = async () => [
      (await world.client.send<{ timeZone: string }>('get', '/v1/concerts/moved')).body.timeZone,
      (await world.client.send<{ timeZone: string }>('get', '/v1/admin/concerts/moved/sales', { token })).body.timeZone,
    ];
    expect(await zones()).toEqual(['UTC', 'UTC']);
    expect((await update('moved', { timeZone: 'Europe/Kyiv' })).body.timeZone).toBe('Europe/Kyiv');
    expect(await zones()).toEqual(['Europe/Kyiv', 'Europe/Kyiv']);
    expect((await update('moved', { timeZone: null })).body.timeZone).toBeNull();
    expect(await zones()).toEqual(['UTC', 'UTC']);
    expect((await actions('moved'))[1]?.details).toEqual({ timeZone: { from: null, to: 'Europe/Kyiv' } });
  });

  test('a change to what is there already leaves no record', async () => {
    await create({ id: 'same', title: 'Same' });
    expect((await update('same', { title: 'Same' })).status).toBe(200);
    expect((await update('same', {})).status).toBe(200);
    expect(await actions('same')).toHaveLength(1);
  });

  test('refuses what it does not know', async () => {
    const missing = await update('nowhere', { title: 'T' });
    expect([missing.status, missing.body.code]).toEqual([404, 'CONCERT_NOT_FOUND']);
    for (const body of [
      { title: '' },
      { id: 'x' },
      { room: {} },
      { entryUrl: 'ftp://x.test' },
      { opensAt: 'soon' },
      { timeZone: 'Mars' },
    ])
      expect((await update('same', body)).body.code).toBe('VALIDATION_FAILED');
    expect((await update('x'.repeat(81), {})).body.code).toBe('VALIDATION_FAILED');
  });
});
