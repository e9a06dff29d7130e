import type { Fan, TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

interface Event {
  type: string;
  at: string;
  holdId: string;
  userId: string;
  seatIds: string[];
  reservationId: string | null;
  cursor: string;
}

interface Page {
  items: Event[];
  cursor: string;
}

let world: World;
let admin: TestUser;
let concert: TestConcert;
beforeAll(async () => {
  world = await startWorld();
  admin = await world.admin();
  concert = await world.concert({ seats: 20, room: { maxActive: 100 } });
});
afterAll(() => world?.close());

/** What happened to holds; admissions have a test of their own. */
async function read(after?: string, query = ''): Promise<Page> {
  const address = `/v1/admin/events?${after ? `after=${after}` : 'limit=100'}${query}`;
  const { status, body } = await world.client.send<Page>('get', address, { token: admin.token });
  expect(status).toBe(200);
  return { ...body, items: body.items.filter(({ type }) => type.startsWith('hold.')) };
}

/** Follows the feed until `enough` of these events are there. */
async function follow(after: string, enough: (events: Event[]) => boolean, query = ''): Promise<Event[]> {
  const events: Event[] = [];
  let cursor = after;
  await until('the feed has it', async () => {
    const page = await read(cursor, query);
    events.push(...page.items);
    cursor = page.cursor;
    return enough(events);
  });
  return events;
}

const release = ({ token }: Fan, holdId: string) => world.client.command('delete', `/v1/holds/${holdId}`, { token });

test('placed, given back, paid and run out are reported in order, with the seats, from the cursor on', async () => {
  const { cursor, items } = await read();
  expect(items).toEqual([]);
  const [fan, other] = [await world.fan(concert, { points: 5000 }), await world.fan(concert)];
  const seats = concert.seatIds.slice(0, 1);
  const first = await world.hold(fan, concert, seats);
  await release(fan, first.holdId);
  const second = await world.hold(other, concert, seats);
  world.clock.offsetMs += 301_000;
  const third = await world.hold(fan, concert, seats);
  await world.pay(fan, third.holdId);
  const events = await follow(cursor, (all) => all.some(({ type }) => type === 'hold.paid'));
  expect(events.map(({ type, holdId, userId }) => [type, holdId, userId])).toEqual([
    ['hold.placed', first.holdId, fan.id],
    ['hold.released', first.holdId, fan.id],
    ['hold.placed', second.holdId, other.id],
    ['hold.expired', second.holdId, other.id],
    ['hold.placed', third.holdId, fan.id],
    ['hold.paid', third.holdId, fan.id],
  ]);
  for (const event of events) expect(event.seatIds).toEqual(seats);
  expect(events.map(({ reservationId }) => reservationId !== null)).toEqual([false, false, false, false, false, true]);
  const times = events.map(({ at }) => Date.parse(at));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  // Any cursor on the way goes on behind its event, however often it is used.
  for (const from of [0, 2, 4]) {
    const rest = await follow(events[from]?.cursor ?? '', (all) => all.length >= events.length - from - 1);
    expect(rest).toEqual(events.slice(from + 1));
  }
});

test('what one transaction did to a seat is reported event by event, in the order in which it was decided', async () => {
  const fan = await world.fan(concert);
  const seats = concert.seatIds.slice(2, 3);
  const { cursor } = await read();
  await world.workers.stop();
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const place = (who = fan) =>
    world.client.command<{ id: string }>('post', path, { ...who, wait: null, body: { seatIds: seats } });
  const { body } = await place();
  const { context } = world;
  // The hold is not there yet, so only the worker can know that it may be given back.
  const holdId = body.id.replace('job_', 'hold_');
  const payload = { holdId, performanceId: concert.performanceId, section: 'A' };
  await context.acceptCommand({ kind: 'hold.release', payload, userId: fan.id, key: 'give-it-back' });
  await place(await world.fan(concert));
  await world.workers.start();
  const events = await follow(cursor, (all) => all.length >= 3);
  expect(events.map(({ type }) => type)).toEqual(['hold.placed', 'hold.released', 'hold.placed']);
  expect(events.map((event) => event.holdId === holdId)).toEqual([true, true, false]);
  // One group has one time.
  expect(new Set(events.map(({ at }) => at)).size).toBe(1);
});

test('a cursor from the future, as after a restore, is reported as of no use; one of this second is not', async () => {
  const { cursor } = await read();
  const seconds = Number.parseInt(cursor.slice(2, 10), 16);
  const ahead = `82${(seconds + 60).toString(16).toUpperCase()}${cursor.slice(10)}`;
  const answer = await world.client.send('get', `/v1/admin/events?after=${ahead}`, admin);
  expect(answer).toMatchObject({
    status: 410,
    body: { code: 'CURSOR_EXPIRED', detail: expect.stringMatching(/ahead/) },
  });
  expect(await world.client.send('get', `/v1/admin/events?after=${cursor}`, admin)).toMatchObject({ status: 200 });
});

test('small pages and a large one report the same', async () => {
  const { cursor } = await read();
  const fans = await Promise.all(Array.from({ length: 8 }, () => world.fan(concert)));
  await Promise.all(fans.map((fan, i) => world.hold(fan, concert, concert.seatIds.slice(5 + i, 6 + i))));
  const large = await follow(cursor, (all) => all.length >= 8);
  const small = await follow(cursor, (all) => all.length >= 8, '&limit=3');
  expect(large).toHaveLength(8);
  expect(small).toEqual(large);
});

test('a reader that waits is answered at once', async () => {
  const fan = await world.fan(concert);
  await until('it is known who came in', () => world.context.models.admissions.exists({ 'admitted.userId': fan.id }));
  const { cursor } = await read();
  const since = performance.now();
  const waiting = read(cursor, '&wait=10');
  await world.hold(fan, concert, concert.seatIds.slice(15, 16));
  const { items } = await waiting;
  expect(items.map(({ userId }) => userId)).toEqual([fan.id]);
  expect(performance.now() - since).toBeLessThan(5000);
});

test('a cursor moves on while nothing happens', async () => {
  const { cursor } = await read();
  const next = await until('it moves', async () => {
    const { cursor: now } = await read(cursor);
    return now !== cursor && now;
  });
  expect((await read(next)).items).toEqual([]);
});

test.each(['FF', '00', '82', '0'.repeat(100)])('%s is no cursor', async (after) => {
  const { status, body } = await world.client.send('get', `/v1/admin/events?after=${after}`, { token: admin.token });
  expect([status, body.detail]).toEqual([400, 'query.after: Not a cursor of this feed.']);
});
