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
  lines: { line: number; column: string | null; code: string; values: object; message: string }[];
  mistakes: number;
}

const plans = '/v1/admin/seating-plans';
const asCsv = (id: string, rawBody: string, more = '') =>
  world.client.send<Record<string, unknown> & Refusal>('post', `${plans}?id=${id}&title=Hall${more}`, {
    ...{ token, rawBody, headers: { 'Content-Type': 'text/csv; charset=utf-8' } },
  });
const read = async (id: string) => (await world.client.send('get', `${plans}/${id}`, { token })).body;
const head = 'section,row,number,category';

test.each([
  ['commas', `${head}\nA,1,1,R\nA,1,2,R\n`],
  ['a byte order mark, semicolons and CRLF', `\ufeffsection;row;number;category\r\nA;1;1;R\r\nA;1;2;R\r\n`],
  ['tabs, and no line end at the end', 'section\trow\tnumber\tcategory\nA\t1\t1\tR\nA\t1\t2\tR'],
  [
    'quotes, spaces around, empty lines, columns in another order',
    `"Category" ,number,ROW,section,x\n\n"R", 1 ,1,A,\nR,2,1,"A",\n,,,,\n`,
  ],
  ['a label in place of the number', 'section,row,label,category\nA,1,1,R\nA,1,2,R\n'],
])('CSV with %s is the same plan', async (what, csv) => {
  const id = `csv-${what.length}`;
  const { status, body } = await asCsv(id, csv);
  expect([status, body.seatsTotal]).toEqual([201, 2]);
  expect((await read(id)).seats).toEqual([
    { section: 'A', row: '1', number: 1, category: 'R' },
    { section: 'A', row: '1', number: 2, category: 'R' },
  ]);
});

test('names are composed, quotes and commas inside quotes belong to them, attributes are separated by spaces', async () => {
  const csv = `section,row,number,category,attributes,label\n${'1층'.normalize('NFD')},"Row ""A"", left",1,R,accessible  restricted-view,"1,W"\n`;
  expect((await asCsv('quoted', csv)).status).toBe(201);
  expect((await read('quoted')).seats).toEqual([
    {
      ...{ section: '1층', row: 'Row "A", left', number: 1, label: '1,W', category: 'R' },
      attributes: ['accessible', 'restricted-view'],
    },
  ]);
});

const wide = 'section,row,number,category,x,y,attributes,rank,label';

test.each<[string, string, [number, string | null, string][]]>([
  ['nothing', '', [[1, null, 'The file is empty']]],
  ['a head alone', `${head}\n`, [[1, null, 'No seats']]],
  [
    'a column missing, one unknown, one twice',
    'section,row,colour,row,number\nA,1,1,1,1',
    [
      [1, 'colour', 'Unknown column'],
      [1, 'row', 'Named twice'],
      [1, 'category', 'This column is missing'],
    ],
  ],
  ['no numbers', 'section,row,category\nA,1,R', [[1, 'number', 'Neither number nor label']]],
  [
    'empty cells',
    `${head}\nA,,1,R\nA,1,,R\n`,
    [
      [2, 'row', 'Missing'],
      [3, 'number', 'Neither number nor label'],
    ],
  ],
  ['the same seat twice', `${head}\r\nA,1,1,R\r\nA,1,2,R\r\nA,1,1,R\r\n`, [[4, 'number', 'The same seat as line 2']]],
  ['the same label twice', `${head},label\nA,1,1,R,7\nA,1,2,R,7\n`, [[3, 'label', 'The same label as line 2']]],
  [
    'numbers that are none',
    `${wide}\nA,1,one,R,0,0,,,\nA,1,2,R,1e3,NaN,,1.5,\nA,1,0,R,3,3,,0,`,
    [
      [2, 'number', 'Must be a whole number'],
      [3, 'x', 'Must be a number such as 12.5'],
      [3, 'y', 'Must be a number such as 12.5'],
      [3, 'rank', 'Must be a whole number'],
      [4, 'number', 'Must be at least 1'],
      [4, 'rank', 'Must be at least 1'],
    ],
  ],
  [
    'half a place, none, and one that is taken',
    `${wide}\nA,1,1,R,0,0,,,\nA,1,2,R,1,,,,\nA,1,3,R,,,,,\nA,1,4,R,0,0.0001,,,`,
    [
      [3, 'y', 'Missing, and other seats have it'],
      [4, 'x', 'Missing, and other seats have it'],
      [5, 'x', 'At the same place as line 2'],
    ],
  ],
  ['an unknown attribute', `${wide}\nA,1,1,R,,,sofa,,`, [[2, 'attributes', 'Invalid option']]],
  [
    'a formula',
    `${head}\n=1+1,1,1,R\nA,@a,1,R\nA,1,1,+R\n`,
    [
      [2, 'section', 'Must not begin with'],
      [3, 'row', 'Must not begin with'],
      [4, 'category', 'Must not begin with'],
    ],
  ],
  ['a line break in a name', `${head}\n"A\nB",1,1,R\n`, [[3, 'section', 'Must have no control characters']]],
  ['a cell too many', `${head}\nA,1,1,R,more\nA,1,2,R,\n`, [[2, null, '5 cells, and only 4 columns']]],
  ['a quote without an end', `${head}\nA,1,1,R\n"A,1,2,R\n`, [[3, null, 'A quote that does not belong there']]],
])('CSV with %s is refused by line', async (_what, csv, expected) => {
  const { status, body } = await asCsv('bad', csv);
  expect([status, body.code]).toEqual([400, 'SEATING_PLAN_INVALID']);
  expect(body.lines).toEqual(
    expected.map(([line, column, message]) => ({
      ...{ line, column, message: expect.stringContaining(message) },
      ...{ code: expect.stringMatching(/^[A-Z_]+$/), values: expect.any(Object) },
    })),
  );
  expect(body.mistakes).toBe(expected.length);
  expect(await world.context.models.keptPlans.countDocuments({ _id: 'bad' })).toBe(0);
});

test('what is not UTF-8, as older spreadsheets save Korean, is refused in words', async () => {
  const file = Buffer.concat([Buffer.from(`${head}\n1`), Buffer.from([0xc3, 0xfe]), Buffer.from(',1,1,R\n')]);
  const response = await fetch(`${world.url}${plans}?id=bad&title=Hall`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv' },
    body: file,
  });
  expect(await response.json()).toMatchObject({
    code: 'SEATING_PLAN_INVALID',
    lines: [{ line: 1, column: null, message: expect.stringContaining('UTF-8') }],
  });
});

test.each<[string, string, [code: string, values: object][]]>([
  [
    'a column that is unknown',
    'section,row,number,category,colour\n',
    [['UNKNOWN_COLUMN', { columns: expect.stringContaining('section, row') }]],
  ],
  ['the same seat', `${head}\nA,1,1,R\nA,1,1,R\n`, [['SAME_SEAT', { line: 2 }]]],
  ['a cell too many', `${head}\nA,1,1,R,more\n`, [['TOO_MANY_CELLS', { cells: 5, columns: 4 }]]],
  [
    'names',
    `${head}\n=1,1,1,R\n${'A'.repeat(41)},1,1,R\nA,,1,R\n`,
    [
      ['FORMULA', {}],
      ['TOO_LONG', { max: 40 }],
      ['MISSING', {}],
    ],
  ],
  [
    'what can not be seen',
    `${head}\n"A\u0007",1,1,R\nA,\u2800,1,R\n`,
    [
      ['CONTROL_CHARACTERS', {}],
      ['INVISIBLE', {}],
    ],
  ],
  [
    'numbers',
    `${wide}\nA,1,0,R,,,,,\nA,1,10000,R,,,,,\nA,1,1.5,R,,,,,\nA,1,2,R,x,1,,,\nA,1,3,R,1,2000000,,,`,
    [
      ['TOO_SMALL', { min: 1 }],
      ['TOO_LARGE', { max: 9999 }],
      ['NOT_WHOLE', {}],
      ['NOT_A_NUMBER', {}],
      ['TOO_LARGE', { max: 1_000_000 }],
    ],
  ],
  [
    'an attribute',
    `${wide}\nA,1,1,R,,,sofa,,`,
    [['UNKNOWN_ATTRIBUTE', { attributes: expect.stringContaining('aisle') }]],
  ],
])('mistakes have codes and values for words of any language: %s', async (_what, csv, expected) => {
  const { body } = await asCsv('bad', csv);
  expect((body.lines ?? []).map(({ code, values }: { code: string; values: object }) => [code, values])).toEqual(
    expected,
  );
});
