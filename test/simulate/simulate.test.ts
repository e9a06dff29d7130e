import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../../client/src/index';
import { auditCommand } from '../../tools/operate/audit/audit-command';
import { createProgress } from '../../tools/progress';
import { createTurns } from '../../tools/simulate/agent-fetch';
import { checkSale } from '../../tools/simulate/check';
import { createRecorder } from '../../tools/simulate/record';
import { reportPage } from '../../tools/simulate/report/page';
import { summarise } from '../../tools/simulate/report/summary';
import type { Sale } from '../../tools/simulate/sale';
import { simulateCommand } from '../../tools/simulate/simulate-command';
import { adminPassword } from '../helpers/test-config';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld({ settings: { ADMIT_MS: '50' } });
  folder = mkdtempSync(join(tmpdir(), 'frontrow-simulation-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world?.close();
});

const quiet = () => ({ add: () => undefined, note: () => undefined, end: () => undefined });

async function simulate(args: string[], { password = adminPassword, stop = new AbortController() } = {}) {
  const lines: string[] = [];
  const report = join(folder, `${lines.length}-${Date.now()}.html`);
  const env = { BASE_URL: world.url, ADMIN_PASSWORD: password };
  const print = (line: string) => void lines.push(line);
  const status = await simulateCommand([...args, '--report', report], { env, print, progress: quiet, stop });
  return { status, said: lines.join('\n'), page: existsSync(report) ? readFileSync(report, 'utf8') : '' };
}

const small = [
  '--users',
  '30',
  '--seats',
  '24',
  '--arrive-seconds',
  '1',
  '--think-seconds',
  '0.1',
  '--max-active',
  '6',
];

test('thirty people play a sale: seats are sold once, the report tells it, and the audit is green', async () => {
  const { status, said, page } = await simulate([...small, '--admit-per-minute', '1000']);
  expect(said).toContain('24 of 24 seats sold');
  expect(status).toBe(0);
  const { models } = world.context;
  const [concert] = await models.concerts.find({ _id: /^concert_sale_/ }).lean();
  expect(concert?.room).toMatchObject({ maxActive: 6, admitPerMinute: 1000 });
  expect(await models.seats.countDocuments({ status: 'sold' })).toBe(24);
  const sold = (await models.reservations.find().lean()).reduce((sum, { seatIds }) => sum + seatIds.length, 0);
  expect(sold).toBe(24);
  for (const step of ['sign-in', 'join', 'seats', 'hold', 'charge', 'pay', 'reservation']) {
    expect(said).toMatch(new RegExp(`^${step} +\\d+ +[\\d.,]+ +[\\d.,]+`, 'm'));
    expect(page).toContain(`<th scope="row">${step}</th>`);
  }
  for (const title of ['The line', 'Let in', 'Inside', 'Sold', 'Fairness', 'How it ended', 'What people waited for'])
    expect(page).toContain(`<h2>${title}</h2>`);
  expect(page.match(/<svg /g)?.length).toBeGreaterThanOrEqual(6);
  expect(page).not.toMatch(/NaN|Infinity|undefined|https?:\/\//);
  const audit = () =>
    auditCommand([], { MONGODB_URI: world.config.MONGODB_URI }, () => undefined).then((broken) => broken === 0);
  await until('the audit is green', audit);
});

test('an existing concert can be played; who comes too late is told so', async () => {
  const { concertId } = await world.concert({ seats: 2, sections: ['A', 'B'], room: { maxActive: 2 } });
  const { status, said } = await simulate([...small.slice(0, 2), ...small.slice(4, 8), '--concert', concertId]);
  expect(status).toBe(0);
  expect(said).toMatch(/bought, \d+ too late/);
  expect(said).toContain('4 of 4 seats sold');
});

test('what must not happen is found out, and ends with 1', async () => {
  const sale: Sale = {
    ...{
      concertId: 'concert_x',
      title: 'A <sale>',
      performanceIds: [],
      seats: 3,
      maxActive: null,
      admitPerMinute: 2,
      own: true,
    },
  };
  const { performanceId, seatIds } = await world.concert({ seats: 3 });
  await world.context.models.seats.updateOne({ _id: seatIds[2] }, { status: 'sold', holdId: 'hold_x' });
  const recorder = createRecorder();
  const [one = '', two = ''] = seatIds;
  recorder.purchases.push({ holdId: 'hold_1', seatIds: [one] }, { holdId: 'hold_2', seatIds: [two, one] });
  recorder.answered({ method: 'GET', path: '/v1/points', status: 500, ms: 1 });
  recorder.answered({ method: 'GET', path: '/v1/points', status: 503, ms: 1 });
  for (const latest of [0, 1000, 59_999, 70_000]) recorder.entered(0, new Date(latest).toISOString());
  await checkSale(createClient({ baseUrl: world.url }), { ...sale, performanceIds: [performanceId] }, recorder);
  expect(recorder.violations).toEqual([
    'GET /v1/points was answered 500',
    `${one} is sold twice: for hold_1 and for hold_2`,
    `${one} is paid, but not sold`,
    `${two} is paid, but not sold`,
    `${seatIds[2]} is sold, but nobody here has paid it`,
    '3 were let in within a minute, and 2 is the limit',
  ]);
  recorder.align();
  const page = reportPage(summarise(sale, 2, recorder), recorder.samples, new Date(0));
  expect(page).toContain('6 things happened that must not');
  expect(page).toContain('A &lt;sale&gt;');
});

test('overtaking is counted', () => {
  const recorder = createRecorder();
  // Joined within a second of each other: that may be the network. The last joined two seconds after the first.
  for (const [joined, entered] of [
    [0, 9000],
    [500, 8000],
    [2000, 8500],
    [2500, 9500],
  ] as const)
    recorder.entries.push({ joined, entered });
  const sale = {
    ...{ concertId: 'c', title: 't', performanceIds: [], seats: 1, maxActive: null, admitPerMinute: null, own: false },
  };
  expect(summarise(sale, 4, recorder).fairness).toEqual({ entered: [9000, 8000, 8500, 9500], overtook: 1 });
});

test('a stop ends it early, with a report; a seat that nobody here has paid ends it with 1', async () => {
  const { models } = world.context;
  for (const [wrong, expected] of [
    [false, 0],
    [true, 1],
  ] as const) {
    const before = await models.performances.countDocuments();
    const stop = new AbortController();
    const played = simulate([...small, '--arrive-seconds', '600'], { stop });
    await until('it is on sale', async () => (await models.performances.countDocuments()) > before);
    const newest = await models.performances.find().sort({ $natural: -1 }).limit(1).lean();
    const seat = { performanceId: newest[0]?._id, number: 1 };
    if (wrong) await models.seats.updateOne(seat, { status: 'sold', holdId: 'hold_x' });
    stop.abort('interrupted');
    const { status, said, page } = await played;
    expect(status).toBe(expected);
    expect(said).toMatch(/30 people in .*stopped/);
    expect(said.includes('is sold, but nobody here has paid it')).toBe(wrong);
    expect(page).toContain('</html>');
  }
});

test('says what is wrong in a sentence', async () => {
  await expect(simulate(['--users', '0'])).rejects.toThrow('--users must be a whole number from 1 to 200000, not 0.');
  await expect(simulate(['--concert', 'x', '--seats', '5'])).rejects.toThrow(
    '--concert brings its own seats and limits',
  );
  await expect(simulate(['--concert', 'concert_none'])).rejects.toThrow('There is nothing on sale for concert_none');
  await expect(simulate([], { password: 'not the password' })).rejects.toThrow(
    'ADMIN_PASSWORD is not that of this server',
  );
  expect((await simulate(['--help'])).said).toContain('--admit-per-minute N');
});

test('progress is a bar on a terminal, and lines elsewhere', () => {
  const written: string[] = [];
  const out = (isTTY: boolean) => ({ isTTY, columns: 60, write: (text: string) => written.push(text) > 0 });
  for (const isTTY of [true, false]) {
    const progress = createProgress('people done', 10, out(isTTY), 0);
    progress.add(5);
    progress.note('3 in line');
    progress.end();
  }
  expect(written[0]).toBe('\r\x1b[K[###############...............] people done 5 of 10 (50 %)'.slice(0, 63));
  expect(written).toContain('people done 5 of 10 (50 %)  3 in line\n');
});

test('turns are taken in order, no more than there are, and given up by an abort', async () => {
  const turns = createTurns(2);
  const taken: number[] = [];
  const gone = new AbortController();
  const take = (n: number, signal?: AbortSignal) => turns.take(signal).then(() => taken.push(n));
  const all = [take(1), take(2), take(3), take(4, gone.signal), take(5)];
  await Promise.all(all.slice(0, 2));
  gone.abort(new Error('gone'));
  await expect(all[3]).rejects.toThrow('gone');
  expect(taken).toEqual([1, 2]);
  turns.give();
  await all[2];
  expect(taken).toEqual([1, 2, 3]);
  turns.give();
  await all[4];
  for (let i = 0; i < 2; i += 1) turns.give();
  await Promise.all([take(6), take(7)]);
  expect(taken).toEqual([1, 2, 3, 5, 6, 7]);
});
