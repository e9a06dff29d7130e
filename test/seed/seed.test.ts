import { auditCommand } from '../../tools/operate/audit/audit-command';
import { seedCommand } from '../../tools/operate/seed/seed-command';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let env: Record<string, string>;
beforeAll(async () => {
  world = await startWorld();
  env = { MONGODB_URI: world.config.MONGODB_URI, WALLET_LANES: String(world.config.WALLET_LANES) };
});
afterAll(() => world?.close());

const quiet = () => ({ add: () => undefined, note: () => undefined, end: () => undefined });

async function seed(...args: string[]): Promise<{ status: number; said: string }> {
  const lines: string[] = [];
  const status = await seedCommand(args, env, (line) => lines.push(line), quiet);
  return { status, said: lines.join('\n') };
}

async function audit(): Promise<string> {
  const lines: string[] = [];
  const status = await auditCommand(['--quiet-system'], env, (line) => lines.push(line));
  return status === 0 ? 'green' : lines.join('\n');
}

const hall = ['--concerts', '2', '--sections', '3', '--rows', '4', '--seats-per-row', '6', '--prices', '900,500'];
const sizes = [...hall, '--users', '700', '--points', '2000', '--name', 'big'];

async function counts() {
  const { models } = world.context;
  const names = ['concerts', 'performances', 'seats', 'wallets', 'pointEntries', 'commands'] as const;
  return Promise.all(names.map((name) => models[name].countDocuments()));
}

test('what was asked for is there, sells, and passes the audit; again changes nothing; more adds what is missing', async () => {
  const first = await seed(...sizes);
  expect(first.status).toBe(0);
  expect(first.said).toContain('concerts: 2 made, 0 were there');
  expect(first.said).toContain('dates: 4 made, 0 were there of 72 seats');
  expect(first.said).toContain("users: 700 made, 0 were there with 2000 points, signing in as 'big 1' to 'big 700'");
  expect(await counts()).toEqual([2, 4, 288, 700, 700, 700]);
  expect(await audit()).toBe('green');

  const { client, context } = world;
  const { body: user } = await client.send<{ token: string; userId: string }>('post', '/v1/sign-in', {
    body: { name: 'Big 700' },
  });
  expect((await client.send('get', '/v1/points', user)).body.balance).toBe(2000);
  const { body: map } = await client.send<{ seats: object[] }>('get', '/v1/performances/perf_big_2_2/seats');
  expect(map.seats[71]).toMatchObject({ section: 'C', row: '4', number: 24, price: 500, status: 'available' });
  const { body: queue } = await client.send<{ token: string }>('post', '/v1/concerts/concert_big_2/queue-token', user);
  const fan = { ...user, queueToken: queue.token };
  const path = '/v1/performances/perf_big_2_2/holds';
  const held = await client.command<{ result: { holdId: string } }>('post', path, {
    ...fan,
    body: { seatIds: ['perf_big_2_2-A-1'] },
  });
  await client.command('post', `/v1/holds/${held.body.result.holdId}/payment`, fan);
  expect(await context.models.wallets.findById(user.userId).lean()).toMatchObject({ balance: 1100, seq: 2 });

  const before = await counts();
  const again = await seed(...sizes);
  expect(again.said).toContain('Nothing to do: all of it is there.');
  expect(await counts()).toEqual(before);
  expect(await context.models.seats.countDocuments({ status: 'sold' })).toBe(1);

  const more = await seed(...sizes, '--concerts', '3', '--dates', '3', '--users', '705', '--points', '2500');
  expect(more.said).toContain('concerts: 1 made, 2 were there');
  expect(more.said).toContain('dates: 5 made, 4 were there');
  expect(more.said).toContain('users: 705 made, 0 were there');
  expect(await context.models.wallets.findById(user.userId).lean()).toMatchObject({ balance: 1600, seq: 3 });
  expect(await context.models.wallets.countDocuments({ balance: { $in: [2500, 1600] } })).toBe(705);
  expect((await seed(...sizes)).said).toContain('Nothing to do');
  expect(await audit()).toBe('green');
});

test('two runs at once, beside workers that carry out commands in the same lanes, are one', async () => {
  const users = await Promise.all(Array.from({ length: 8 }, () => world.user()));
  const path = '/v1/points/charges';
  const charges = Array.from({ length: 80 }, (_, i) =>
    world.client.command('post', path, { token: users[i % 8]?.token ?? '', body: { amount: 10 } }),
  );
  const args = ['--concerts', '0', '--users', '1500', '--points', '100', '--name', 'twice'];
  const runs = await Promise.all([seed(...args), seed(...args)]);
  expect(runs.map(({ status }) => status)).toEqual([0, 0]);
  for (const { body } of await Promise.all(charges)) expect(body.status).toBe('done');
  expect(await world.context.models.wallets.countDocuments({ balance: 100, seq: 10 })).toBe(8);
  expect(await world.context.models.wallets.countDocuments({ balance: 100, seq: 1 })).toBe(1500);
  const lanes = await world.context.models.fences.find().lean();
  for (const { _id: lane, position } of lanes)
    expect(await world.context.models.commands.distinct('position', { lane, position: { $ne: null } })).toHaveLength(
      position,
    );
  await until('nothing is under way', async () => (await audit()) === 'green');
});

test('an interrupted date is completed; a hall that is another is refused before anything is written', async () => {
  const { models } = world.context;
  const args = ['--name', 'half', '--dates', '1'];
  await seed(...args);
  await models.performances.deleteOne({ _id: 'perf_half_1_1' });
  await models.seats.deleteOne({ _id: 'perf_half_1_1-A-50' });
  expect((await seed(...args)).said).toContain('dates: 1 made, 0 were there');
  expect(await models.seats.countDocuments({ performanceId: 'perf_half_1_1' })).toBe(50);
  const before = await counts();
  await expect(seed(...args, '--concerts', '5', '--rows', '6')).rejects.toThrow(
    'perf_half_1_1 is there with another hall, and halls are never changed: choose another --name.',
  );
  expect(await counts()).toEqual(before);
});

test.each([
  [['--users', '-1'], '--users must be a whole number from 0 to 10000000, not -1.'],
  [
    ['--users', 'many', '--rows', '0'],
    'from 1 to 1000, not 0.\n--users must be a whole number from 0 to 10000000, not many.',
  ],
  [['--prices', '10,,20'], '--prices must be whole points, separated by commas, not 10,,20.'],
  [['--name', 'Big-1'], '--name must be up to 20 small letters and digits, a letter first, not Big-1.'],
  [['--sections', '100', '--rows', '1000'], 'A hall of 1000000 seats is too large: 200000 is the most.'],
  [['--seats', '5'], "Unknown option '--seats'. --help shows all options."],
])('%j is refused in a sentence', async (args, sentence) => {
  await expect(seed(...args)).rejects.toThrow(sentence);
});

test('--help shows every option, and without a database it says what is missing', async () => {
  const { status, said } = await seed('--help');
  expect(status).toBe(0);
  for (const option of ['concerts', 'sections', 'rows', 'prices', 'users', 'points', 'name'])
    expect(said).toContain(`--${option} `);
  env = {};
  await expect(seed()).rejects.toThrow('MONGODB_URI must name the database to fill');
});
