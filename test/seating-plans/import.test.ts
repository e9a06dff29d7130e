import { startWorld, type World } from '../helpers/world';

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld({ workers: false });
  token = (await world.admin()).token;
});
afterAll(() => world?.close());

interface Refusal {
  code: string;
  detail: string;
  lines: { line: number; column: string | null; message: string }[];
  mistakes: number;
}

const plans = '/v1/admin/seating-plans';
const asJson = (body: object) => world.client.send('post', plans, { token, body });
const asCsv = (id: string, rawBody: string, more = '') =>
  world.client.send<Record<string, unknown> & Refusal>('post', `${plans}?id=${id}&title=Hall${more}`, {
    ...{ token, rawBody, headers: { 'Content-Type': 'text/csv; charset=utf-8' } },
  });
const read = async (id: string) => (await world.client.send('get', `${plans}/${id}`, { token })).body;
const head = 'section,row,number,category';

test('JSON: stored, read again as it was, listed, and recorded', async () => {
  const seats = [
    { section: '1층', row: '가', number: 2, category: 'R', x: 1.23456, y: 0, rank: 2 },
    { section: '1층', row: '가', number: 1, category: 'R', x: 0, y: 0, attributes: ['aisle', 'accessible', 'aisle'] },
    { section: '2층', row: 'A', number: 1, label: '101', category: '일반석', x: 0, y: -5.5 },
  ];
  const { status, body } = await asJson({ id: 'korean', title: '예술의전당', seats });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    ...{ id: 'korean', title: '예술의전당', version: 1, seatsTotal: 3, hasCoordinates: true, used: false },
    sections: [
      { name: '1층', seats: 2 },
      { name: '2층', seats: 1 },
    ],
    categories: [
      { name: 'R', seats: 2 },
      { name: '일반석', seats: 1 },
    ],
  });
  expect(await read('korean')).toEqual({
    ...body,
    seats: [
      { section: '1층', row: '가', number: 1, category: 'R', x: 0, y: 0, attributes: ['aisle', 'accessible'] },
      { section: '1층', row: '가', number: 2, category: 'R', x: 1.235, y: 0, rank: 2 },
      { section: '2층', row: 'A', number: 1, label: '101', category: '일반석', x: 0, y: -5.5 },
    ],
  });
  const list = await world.client.send<{ items: unknown[] }>('get', plans, { token });
  expect(list.body.items).toContainEqual(body);
  const actions = await world.context.models.adminActions.find({ target: 'korean' }).lean();
  expect(actions).toMatchObject([{ action: 'seating-plan.import', details: { version: 1, seatsTotal: 3 } }]);
});

test('all mistakes are counted, a hundred are named', async () => {
  const { body } = await asCsv('bad', `${head}\n${'A,,1,R\n'.repeat(300)}`);
  expect([body.lines.length, body.mistakes]).toEqual([100, 300]);
  expect(body.detail).toBe('Line 2, row: Missing (and 299 more).');
});

test('categories that are listed are the only ones', async () => {
  const csv = `${head}\nA,1,1,R\nA,1,2,VIP\n`;
  const { body } = await asCsv('bad', csv, '&categories=R,S');
  expect(body.lines).toMatchObject([{ line: 3, column: 'category', message: 'No such category' }]);
  const seat = { section: 'A', row: '1', number: 1, category: 'VIP' };
  const json = await asJson({ id: 'bad', title: 'Hall', categories: ['R'], seats: [seat] });
  expect(json.body.lines).toMatchObject([{ line: 1, column: 'category', message: 'No such category' }]);
  expect((await asCsv('listed', csv, '&categories=R,VIP')).status).toBe(201);
});

test.each([
  ['no id', '?title=Hall', 'query.id'],
  ['no title', '?id=bad', 'query.title'],
  ['an id with a dot', '?id=a.b&title=Hall', 'query.id'],
])('CSV with %s is refused', async (_what, query, path) => {
  const { status, body } = await world.client.send('post', plans + query, {
    ...{ token, rawBody: `${head}\nA,1,1,R\n`, headers: { 'Content-Type': 'text/csv' } },
  });
  expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
  expect(body.errors).toContainEqual({ path, message: expect.any(String) });
});

test.each([
  ['no seats', { seats: [] }, 'SEATING_PLAN_INVALID'],
  ['seats that are none', { seats: 'A' }, 'VALIDATION_FAILED'],
  ['an unknown field', { rows: 1 }, 'VALIDATION_FAILED'],
  ['a seat that is none', { seats: [null, 7, []] }, 'SEATING_PLAN_INVALID'],
  [
    'an unknown field of a seat',
    { seats: [{ section: 'A', row: '1', number: 1, category: 'R', price: 5 }] },
    'SEATING_PLAN_INVALID',
  ],
])('JSON with %s is refused', async (_what, wrong, code) => {
  const seats = [{ section: 'A', row: '1', number: 1, category: 'R' }];
  const { status, body } = await asJson({ id: 'bad', title: 'Hall', seats, ...wrong });
  expect([status, body.code]).toEqual([400, code]);
});

test('one seat is a plan; 50,000 are one, and one more is not', async () => {
  expect((await asCsv('one', `${head}\nA,1,1,R\n`)).body.seatsTotal).toBe(1);
  // Not through the client of tests, which waits for no answer as long as a busy machine takes for this one.
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv' };
  const send = async (id: string, lines: string[]) => {
    const body = lines.join('\n');
    return (await fetch(`${world.url}${plans}?id=${id}&title=Hall`, { method: 'POST', headers, body })).json();
  };
  const line = (_: unknown, i: number) => `Block ${i % 5},Row ${Math.floor(i / 500)},${(i % 500) + 1},R`;
  const lines = Array.from({ length: 50_000 }, line);
  const heading = `${head},x,y,attributes,rank`;
  const said = lines.map((cells, i) => `${cells},${i / 2},${i}.25,aisle restricted-view,${(i % 900) + 1}`);
  expect(await send('arena', [heading, ...said])).toMatchObject({ version: 1, seatsTotal: 50_000 });
  expect(await world.context.models.keptPlanSeats.countDocuments({ _id: /^arena\./ })).toBe(50);
  const more = await send('stadium', [head, ...lines, 'A,1,1,R', 'A,1,2,R']);
  expect(more).toMatchObject({
    lines: [{ line: 50_002, column: null, message: 'More than 50000 seats' }],
    mistakes: 1,
  });
  const whole = (await (await fetch(`${world.url}${plans}/arena`, { headers })).json()) as { seats: unknown[] };
  expect(whole.seats).toHaveLength(50_000);
}, 180_000);

test('the same again, also twice at once, is the same plan; another one must say what it replaces', async () => {
  const csv = `${head}\nA,1,1,R\n`;
  const [first, second] = await Promise.all([asCsv('edited', csv), asCsv('edited', csv)]);
  const third = await asCsv('edited', csv);
  expect([first.status, second.status, third.status]).toEqual([201, 201, 201]);
  expect([second.body, third.body]).toEqual([first.body, first.body]);
  const other = `${head}\nA,1,1,R\nA,1,2,R\n`;
  expect(await asCsv('edited', other)).toMatchObject({ status: 409, body: { code: 'ALREADY_EXISTS' } });
  expect(await asCsv('edited', other, '&replaces=2')).toMatchObject({ status: 409, body: { code: 'ALREADY_EXISTS' } });
  const edits = await Promise.all([
    asCsv('edited', other, '&replaces=1'),
    asCsv('edited', `${other}A,1,3,R\n`, '&replaces=1'),
  ]);
  expect(edits.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(await read('edited')).toMatchObject({ version: 2 });
  // No date was made from version 1.
  expect(await world.context.models.keptPlanSeats.distinct('_id', { _id: /^edited\./ })).toEqual(['edited.2.00000']);
  expect(await asCsv('nowhere', csv, '&replaces=1')).toMatchObject({
    status: 404,
    body: { code: 'SEATING_PLAN_NOT_FOUND' },
  });
});

test('plans are listed page by page; one that no date was made from can be deleted', async () => {
  const ids: unknown[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: { id: string }[]; nextCursor: string | null } = (
      await world.client.send<typeof page>('get', `${plans}?limit=3${cursor && `&cursor=${cursor}`}`, { token })
    ).body;
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(ids).toContain('one');
  expect(ids).toEqual([...new Set(ids)].sort());
  expect((await world.client.send('delete', `${plans}/one`, { token })).status).toBe(204);
  expect((await world.client.send('get', `${plans}/one`, { token })).body.code).toBe('SEATING_PLAN_NOT_FOUND');
  expect((await world.client.send('delete', `${plans}/one`, { token })).body.code).toBe('SEATING_PLAN_NOT_FOUND');
  expect(await world.context.models.keptPlanSeats.countDocuments({ _id: /^one\./ })).toBe(0);
});

test('a body that is neither JSON nor CSV, or is longer than plans are, is refused', async () => {
  const xml = { token, rawBody: '<a/>', headers: { 'Content-Type': 'text/xml' } };
  expect((await world.client.send('post', plans, xml)).body).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  const long = { token, rawBody: 'x'.repeat(17 * 2 ** 20), headers: { 'Content-Type': 'text/csv' } };
  const refused = await world.client.send('post', `${plans}?id=bad&title=Hall`, long).catch(() => null);
  if (refused) expect(refused.body).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
});
