import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { native } from '../../shared/models';
import type { TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

const seats = 50_000;
let wholeBytes = 0;

let world: World;
let concert: TestConcert;
let admin: TestUser;
let clerk: TestUser;

beforeAll(async () => {
  world = await startWorld();
  [admin, clerk] = [await world.admin(), await world.staff('box-office')];
  concert = await world.concert({ seats: 6, price: 1000 });
  const fan = await world.fan(concert, { points: 10_000 });
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(0, 2));
  const paid = await world.pay(fan, holdId);
  const path = `/v1/reservations/${paid.body.result.reservationId}/cancellation`;
  await world.client.command('post', path, { token: fan.token, body: { seatIds: concert.seatIds.slice(0, 1) } });
  await fill();
}, 120_000);
afterAll(() => world?.close());

/** A hall whose file does not fit into the buffers of a connection. */
async function fill(): Promise<void> {
  const performance = {
    _id: 'perf_large',
    concertId: 'concert_large',
    startsAt: new Date('2035-01-01'),
    seatsTotal: seats,
  };
  await world.context.models.performances.create(performance);
  for (let from = 0; from < seats; from += 5000)
    await native(world.context.models, 'seats').insertMany(
      Array.from({ length: 5000 }, (_, i) => ({
        ...{
          _id: `perf_large-${'A'.repeat(150)}-${from + i}`,
          performanceId: 'perf_large',
          section: 'A'.repeat(150),
          row: '1',
        },
        ...{ number: from + i + 1, price: 1000, status: 'available' as const, holdId: null },
      })),
    );
}

const file = (name: string, performanceId = concert.performanceId, who = clerk) =>
  world.client.send('get', `/v1/admin/performances/${performanceId}/${name}.csv`, { token: who.token });
const linesOf = (text: string) => text.trimEnd().split('\r\n');

test('the seats, with whose they are', async () => {
  const { status, headers, text } = await file('seats');
  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(headers['content-disposition']).toBe(`attachment; filename="${concert.performanceId}-seats.csv"`);
  const [head, ...lines] = linesOf(text);
  expect(head).toBe('seatId,section,row,number,price,status,holdId,userId,reservationId');
  expect(lines).toHaveLength(6);
  const [first, second] = concert.seatIds;
  expect(lines.find((line) => line.startsWith(`${first},`))).toBe(`${first},A,1,1,1000,available,,,`);
  expect(lines.find((line) => line.startsWith(`${second},`))).toMatch(/,A,1,2,1000,sold,hold_\w+,user_\w+,res_\w+$/);
});

test('the reservations and the ledger, which add up', async () => {
  const [head, line, ...more] = linesOf((await file('reservations')).text);
  expect(head).toBe(
    'reservationId,userId,status,reservedAt,seats,cancelledSeats,amount,refunded,fees,paymentId,holdId',
  );
  const [first, second] = concert.seatIds;
  expect(line).toMatch(new RegExp(`,partly-cancelled,[^,]+,${second},${first},2000,1000,0,pay_\\w+,hold_\\w+$`));
  expect(more).toEqual([]);
  const [, ...entries] = linesOf((await file('ledger')).text);
  expect(entries.map((entry) => entry.split(',').slice(2, 7))).toEqual([
    ['2', 'use', '2000', '-2000', '8000'],
    ['3', 'refund', '1000', '1000', '9000'],
  ]);
});

test('a date without sales has a head, and an unknown one is not found', async () => {
  expect((await file('ledger', 'perf_large')).text).toBe(
    'reservationId,userId,seq,kind,amount,change,balanceAfter,at,jobId,paymentId\r\n',
  );
  expect(await file('seats', 'nothing')).toMatchObject({ status: 404, body: { code: 'PERFORMANCE_NOT_FOUND' } });
});

test('HEAD names the file and makes none', async () => {
  const path = `/v1/admin/performances/${concert.performanceId}/seats.csv`;
  const { status, headers, text } = await world.client.send('head', path, { token: clerk.token });
  expect([status, headers['content-type'], text]).toEqual([200, 'text/csv; charset=utf-8', '']);
});

test('what a spreadsheet would take for a formula is only a text', async () => {
  const evil = [
    '=HYPERLINK("http://x","y")',
    '+1+cmd|/C calc',
    '-2',
    '@SUM(1)',
    '\t=1',
    ' =1',
    '\r=1',
    '\uff1d1',
    'a,"b"',
    '\n@x',
  ];
  const performance = { _id: 'perf_evil', concertId: 'c', startsAt: new Date('2035-01-01'), seatsTotal: evil.length };
  await world.context.models.performances.create(performance);
  await world.context.models.seats.insertMany(
    evil.map((section, i) => ({
      _id: `evil-${i}`,
      performanceId: 'perf_evil',
      section,
      row: section,
      number: 1,
      price: 1,
    })),
  );
  const { text } = await file('seats', 'perf_evil');
  const cells = cellsOf(text).slice(1);
  expect(cells.map(([, section]) => section).sort()).toEqual(
    evil.map((section) => (section === 'a,"b"' ? section : `'${section}`)).sort(),
  );
  for (const row of cells) expect(row).toHaveLength(9);
});

/** A reader of RFC 4180, written apart from what writes. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('50,000 rows come whole', async () => {
  const text = await textOf(await openFile());
  wholeBytes = Buffer.byteLength(text);
  const lines = linesOf(text);
  expect([lines.length, new Set(lines).size]).toEqual([seats + 1, seats + 1]);
});

/** Cursors over the seats of this test that MongoDB keeps for the next batch. */
async function openCursors(): Promise<{ cursor: { nDocsReturned: number } }[]> {
  const { db } = world.context.connection;
  const idle = [
    { $currentOp: { idleCursors: true, allUsers: true } },
    { $match: { type: 'idleCursor', ns: `${db?.databaseName}.seats` } },
  ];
  return (await db?.admin().command({ aggregate: 1, pipeline: idle, cursor: {} }))?.cursor.firstBatch;
}

/** Those, and sessions of the API's reads. */
async function openReads(): Promise<number> {
  const pool = world.context.reads.getClient() as unknown as { s: { activeSessions: Set<unknown> } };
  return pool.s.activeSessions.size + (await openCursors()).length;
}

async function openFile(): Promise<IncomingMessage> {
  const url = `${world.url}/v1/admin/performances/perf_large/seats.csv`;
  const request = httpGet(url, { headers: { Authorization: `Bearer ${clerk.token}` } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  // Whatever ends it is looked at by the tests.
  response.on('error', () => undefined);
  return response;
}

test('a client that does not read is not read ahead for', async () => {
  const before = await openReads();
  const response = await openFile();
  response.pause();
  const socketBytes = () => response.socket.bytesRead;
  const docsRead = async () => (await openCursors()).reduce((sum, { cursor }) => sum + cursor.nDocsReturned, 0);
  let last = '';
  await until('nothing more is read, and nothing more comes', async () => {
    const now = `${socketBytes()} ${await docsRead()}`;
    const same = now === last && socketBytes() > 0;
    last = now;
    await sleep(1500);
    return same;
  });
  // More than the buffers of a connection take.
  expect(socketBytes()).toBeLessThan(wholeBytes / 2);
  const read = (await openCursors()).map(({ cursor }) => cursor.nDocsReturned);
  expect([read.length, Math.max(...read) < seats / 2]).toEqual([1, true]);
  const whole = new Promise<number>((resolve) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    response.on('end', () => resolve(bytes));
  });
  response.resume();
  expect(await whole).toBe(wholeBytes);
  await until('cursor and session have ended', async () => (await openReads()) <= before);
});

test('a client that goes away ends cursor and session', async () => {
  const before = await openReads();
  const responses = await Promise.all([openFile(), openFile(), openFile()]);
  for (const response of responses) response.pause();
  expect(await openReads()).toBeGreaterThan(before);
  for (const response of responses) response.destroy();
  await until('cursor and session have ended', async () => (await openReads()) <= before);
});

test('a file that can not be made to its end is no complete answer', async () => {
  const response = await openFile();
  response.pause();
  const ended = new Promise<string>((resolve) => {
    response.on('end', () => resolve('complete'));
    response.on('error', () => resolve('cut off'));
    response.on('close', () => resolve(response.complete ? 'complete' : 'cut off'));
  });
  // As a snapshot that is too old, or a primary that is gone, ends it: the cursor is no more.
  await world.context.connection.db?.admin().command({ killAllSessions: [] });
  response.resume();
  expect(await ended).toBe('cut off');
});

test('each export is among the looks', async () => {
  await file('ledger');
  const { body } = await world.client.send<{ items: object[] }>('get', '/v1/admin/actions?looks=true', admin);
  expect(body.items[0]).toMatchObject({
    ...{ action: 'performance.export', adminId: clerk.id, target: concert.performanceId, details: { file: 'ledger' } },
  });
});

test('sales over time: what was paid and given up, by the hour', async () => {
  const path = `/v1/admin/performances/${concert.performanceId}/sales-over-time`;
  const ask = (query = '') => world.client.send<{ items: Record<string, unknown>[] }>('get', path + query, clerk);
  const { body } = await ask();
  expect(body.items).toEqual([
    {
      at: expect.stringMatching(/:00:00.000Z$/),
      reservations: 1,
      seats: 2,
      amount: 2000,
      cancelledSeats: 1,
      refunded: 1000,
    },
  ]);
  expect((await ask('?by=day&to=2020-01-01T00:00:00Z')).body.items).toEqual([]);
  expect((await ask('?by=minute&from=2020-01-01T00:00:00Z')).body.items).toHaveLength(1);
  expect(await ask('?by=week')).toMatchObject({ status: 400 });
});
