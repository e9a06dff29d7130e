import { type ConcertDoc, defaultRoom } from '../../shared/concerts/concert.model';
import { type Context, openContext } from '../../shared/context';
import { native } from '../../shared/models';
import type { Room } from '../../shared/waiting-room/waiting-room';
import { createWaitingRoom, roomOptions, type WaitingRoom } from '../../shared/waiting-room/waiting-room';
import { startAdmission } from '../../workers/waiting-room/admission';
import { createRooms } from '../../workers/waiting-room/rooms';
import { migrated } from '../helpers/migrated';
import { testConfig } from '../helpers/test-config';
import { until } from '../helpers/until';

let context: Context;
let waitingRoom: WaitingRoom;
let tick: { stop(): Promise<void> } | undefined;
/** Concerts that ticks have looked at, and ticks that have begun. */
let looks: string[];
let ticks: number;

beforeEach(async () => {
  context = await openContext(await migrated(testConfig({ ADMIT_MS: '50' })), 'tick');
  waitingRoom = open();
  [looks, ticks] = [[], 0];
});
afterEach(async () => {
  await tick?.stop();
  tick = undefined;
  const keys = await context.redis.keys(`${context.config.QUEUE_PREFIX}:*`);
  if (keys.length > 0) await context.redis.unlink(keys);
  await context.connection.dropDatabase();
  await context.lifecycle.close();
});

/** As an API process has it. */
const open = () => createWaitingRoom({ redis: context.redis, clock: context.clock, ...roomOptions(context.config) });

function startTicks(): void {
  const rooms = createRooms(context);
  const observed: WaitingRoom = {
    ...waitingRoom,
    admit(room, worker) {
      looks.push(room._id);
      return waitingRoom.admit(room, worker);
    },
  };
  const counted = {
    ...rooms,
    read(ids: readonly string[]) {
      ticks += 1;
      return rooms.read(ids);
    },
  };
  tick = startAdmission(context, observed, counted, 'worker_1', 200);
}

async function someTicks(): Promise<void> {
  const from = ticks;
  await until('some more ticks', () => ticks > from + 5);
}

async function concert(room: Partial<Room['room']>, opensAt: Date | null = null): Promise<ConcertDoc> {
  const _id = `concert_${Math.random().toString(36).slice(2)}`;
  const made = { _id, title: 'one', opensAt, timeZone: null, entryUrl: null, createdAt: new Date() };
  const doc = { ...made, room: { ...defaultRoom, ...room } };
  await native(context.models, 'concerts').insertOne(doc);
  return doc;
}

const change = ({ _id }: Room, fields: object) =>
  native(context.models, 'concerts').updateOne({ _id }, { $set: fields });

const statusOf = async (room: Room, user: string) => (await waitingRoom.watch(room, [user]))[0]?.status;
/** Does not move the line, as a poll may. */
const isActive = async (room: Room, active: number) => (await waitingRoom.numbers(room)).active === active;

test('finished concerts are not looked at, however many there are; one on sale is', async () => {
  for (let i = 0; i < 250; i += 1) await concert({ maxActive: 10, admitPerMinute: 10 });
  const onSale = await concert({ maxActive: 0 });
  await waitingRoom.join(onSale, 'ann');
  startTicks();
  await until('it is looked at', () => looks.length > 0);
  // All concerts are looked through once, a hundred at a time.
  await someTicks();
  expect(new Set(looks)).toEqual(new Set([onSale._id]));
});

test('a room in which nobody is left is looked at no more, and again when somebody comes', async () => {
  const room = await concert({ maxActive: 1 });
  await waitingRoom.join(room, 'ann');
  startTicks();
  await waitingRoom.leave(room, 'ann');
  await someTicks();
  // Why the token has ended is kept for a quarter of an hour.
  expect(looks.length).toBeGreaterThan(3);
  context.clock.offsetMs += 16 * 60_000;
  const key = `${context.config.QUEUE_PREFIX}:rooms`;
  await until('it is forgotten', async () => (await context.redis.zcard(key)) === 0);
  const before = looks.length;
  await someTicks();
  expect(looks.length).toBeLessThanOrEqual(before + 1);
  // As another process, which has not touched the room lately.
  waitingRoom = open();
  await waitingRoom.join(room, 'bob');
  await waitingRoom.join(room, 'cho');
  context.clock.offsetMs += 11 * 60_000;
  await until('the session of the first has ended, and the next one is in', async () => {
    const { expired, dropped } = await waitingRoom.numbers(room);
    return expired === 1 && dropped === 1;
  });
});

test('a line that opens later, or earlier than it was to, is let in', async () => {
  const hour = 3_600_000;
  const room = await concert({ maxActive: 5 }, new Date(context.clock.now() + hour));
  await waitingRoom.join(room, 'ann');
  startTicks();
  await someTicks();
  expect(await statusOf(room, 'ann')).toBe('waiting');
  const opensAt = new Date(context.clock.now() - 1000);
  await change(room, { opensAt });
  await until('let in', () => isActive({ ...room, opensAt }, 1));
});

test('raised limits, a pause that ends and a drain let in who waits', async () => {
  const room = await concert({ maxActive: 0, paused: true });
  for (const user of ['ann', 'bob']) await waitingRoom.join(room, user);
  startTicks();
  await change(room, { 'room.maxActive': 1 });
  await someTicks();
  expect(await isActive(room, 0)).toBe(true);
  await change(room, { 'room.paused': false });
  await until('the first is in', () => isActive(room, 1));
  await change(room, { 'room.draining': true, 'room.maxActive': 2 });
  await until('the second is in', () => isActive(room, 2));
});

test('after a reset the line forms and moves anew', async () => {
  const room = await concert({ maxActive: 0 });
  await waitingRoom.join(room, 'ann');
  startTicks();
  await someTicks();
  const again = { ...room, room: { ...room.room, epoch: 2 } };
  await change(room, { 'room.epoch': 2 });
  await waitingRoom.join(again, 'bob');
  await change(room, { 'room.maxActive': 1 });
  await until('let in', () => isActive(again, 1));
});

test('a wiped Redis, or only the set of rooms, is made up for', async () => {
  const room = await concert({ maxActive: 0 });
  await waitingRoom.join(room, 'ann');
  startTicks();
  await someTicks();
  await context.redis.del(`${context.config.QUEUE_PREFIX}:rooms`);
  await someTicks();
  const before = looks.length;
  await someTicks();
  expect(looks.length).toBeGreaterThan(before + 2);
  await context.redis.unlink(await context.redis.keys(`${context.config.QUEUE_PREFIX}:*`));
  waitingRoom = open();
  await waitingRoom.watch(room, ['ann']);
  await change(room, { 'room.maxActive': 1 });
  await until('let in', () => isActive(room, 1));
});

test('what an earlier version, or a worker that has ended, left in a line is found after a start', async () => {
  const room = await concert({ maxActive: 0 });
  await waitingRoom.join(room, 'ann');
  await context.redis.del(`${context.config.QUEUE_PREFIX}:rooms`);
  startTicks();
  await change(room, { 'room.maxActive': 1 });
  await until('let in', () => isActive(room, 1));
});
