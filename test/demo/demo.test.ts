import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBooking } from '../../tools/dev/demo/booking';
import { walkLife } from '../../tools/dev/demo/life';
import { findServer } from '../../tools/dev/demo/server';
import { walk } from '../../tools/dev/demo/walk';
import { seedDemo } from '../../tools/dev/seed-demo';
import { runAudit } from '../../workers/audit/run-audit';
import { startWorld, type World } from '../helpers/world';

let world: World;
async function open(settings = {}): Promise<World> {
  const opened = await startWorld({ settings });
  await seedDemo(opened.context);
  return opened;
}
beforeAll(async () => {
  world = await open();
});
afterAll(() => world?.close());

const silent = () => undefined;
const sell = ({ context }: World, filter: object) =>
  context.models.seats.updateMany(filter, { status: 'sold', holdId: 'hold_x' });

test('books a seat, says every step, and is somebody new each time', async () => {
  const lines: string[] = [];
  const first = await walk(world.url, (line) => lines.push(line));
  const said = lines.join('\n');
  const steps = lines.flatMap((line) => /^\n +\d+\. (.*)/.exec(line)?.[1] ?? []);
  expect(steps).toHaveLength(12);
  for (const expected of ['SEAT_TAKEN', 'POINTS_INSUFFICIENT', 'charge 2000, balance 2000', 'use 1500, balance 500'])
    expect(said).toContain(expected);
  expect(said).toContain(JSON.stringify(first));
  expect(said).toContain('perf_demo_1-A-1 is sold');
  const stored = await world.context.models.reservations.findById(first.id).lean();
  expect(stored).toMatchObject({ seatIds: ['perf_demo_1-A-1'], amount: 1500, performanceId: 'perf_demo_1' });

  const second = await walk(world.url, silent);
  expect(second.seatIds).toEqual(['perf_demo_1-A-2']);
  expect(await world.context.models.wallets.countDocuments({ balance: 500 })).toBe(2);
});

test('walks the whole life of a ticket where the admin is known, and the audit finds nothing', async () => {
  const lines: string[] = [];
  const booking = () => createBooking(world.url, (line) => lines.push(line));
  expect(await walkLife(booking(), 'not the password', 'a')).toBe(false);
  expect(await walkLife(booking(), world.config.ADMIN_PASSWORD, 'b')).toBe(true);
  const said = lines.join('\n');
  expect(said).toContain('2 seats are given back');
  expect(said.match(/refund 1000, balance \d+/g)).toEqual([
    // Newest first.
    'refund 1000, balance 2000',
    'refund 1000, balance 1000',
    'refund 1000, balance 1000',
  ]);
  const { connection, models } = world.context;
  const { violations, checks } = await runAudit({ connection, models }, { quiet: true });
  expect(violations).toEqual([]);
  expect(checks.find(({ invariant }) => invariant === 'I17')?.checked).toBe(1);
});

test('takes another seat when somebody was faster, and another date when one is sold out', async () => {
  // Only this API's seat map is so old that it shows as free what is sold.
  const stale = await open({ SEAT_MAP_CACHE_MS: '10000' });
  try {
    await sell(stale, { performanceId: 'perf_demo_1' });
    await stale.client.send('get', '/v1/performances/perf_demo_2/seats');
    await sell(stale, { _id: { $in: ['perf_demo_2-A-1', 'perf_demo_2-A-2'] } });
    const lines: string[] = [];
    const booked = walk(stale.url, (line) => {
      lines.push(line);
      if (line.endsWith('The seat map')) stale.clock.offsetMs += 10_000;
    });
    expect((await booked).seatIds).toEqual(['perf_demo_2-A-3']);
    expect(lines.filter((line) => line.includes('somebody was faster'))).toHaveLength(2);
  } finally {
    await stale.close();
  }
});

test('waits in line where there is one', async () => {
  const { token } = await world.admin();
  const room = '/v1/admin/concerts/concert_demo/waiting-room';
  await world.client.send('post', `${room}/pause`, { token });
  const lines: string[] = [];
  const booked = walk(world.url, (line) => {
    lines.push(line);
    if (line.includes('waiting, position 1')) void world.client.send('post', `${room}/resume`, { token });
  });
  expect((await booked).seatIds).toHaveLength(1);
  expect(lines.join('\n')).toMatch(/waiting, position 1; next look in [\d.]+ s/);
});

test('says what to do when nothing is left, or all of it is held', async () => {
  await sell(world, {});
  world.clock.offsetMs += 1000;
  await expect(walk(world.url, silent)).rejects.toThrow(/^All 100 seats of concert_demo are sold\. Add a date/);
  world.clock.offsetMs += 1000;
  await world.context.models.seats.updateMany({ performanceId: 'perf_demo_2' }, { status: 'held' });
  await expect(walk(world.url, silent)).rejects.toThrow(/^No seat is free: 50 of 100 are held\./);
});

test('says what to do when there is no demo concert', async () => {
  await world.context.models.concerts.deleteOne({ _id: 'concert_demo' });
  world.clock.offsetMs += 1000;
  await expect(walk(world.url, silent)).rejects.toThrow('There is no concert_demo at this server: npm start makes it.');
});

describe('finding the server', () => {
  const port = () => new URL(world.url).port;

  test('talks to the one of BASE_URL or PORT and leaves it running', async () => {
    for (const env of [{ BASE_URL: `${world.url}/` }, { PORT: port() }]) {
      const server = await findServer(env, silent);
      expect(server.url).toBe(world.url);
      await server.stop();
    }
    expect((await world.client.send('get', '/livez')).status).toBe(200);
  });

  test('does not mistake another program for it, and starts nothing in place of a named server', async () => {
    const other = createServer((_request, response) => response.end('{"status":"ok"}')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    await expect(findServer({ BASE_URL: url }, silent)).rejects.toThrow(`What answers at ${url} is not Frontrow.`);
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
    await expect(findServer({ BASE_URL: url }, silent)).rejects.toThrow(`Nothing answers at ${url}.`);
  });
});
