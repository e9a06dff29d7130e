import type { ConcertDoc } from '../concerts/concert.model';
import type { Context } from '../context';
import { native } from '../models';
import { cacheFor } from '../platform/cache-for';
import type { TopUpStatus } from '../top-ups/top-up.model';
import { createWaitingRoom, type RoomNumbers, roomOptions, type WaitingRoom } from '../waiting-room/waiting-room';
import { type LaneBacklog, maxCounted, readLaneBacklogs } from './lane-backlog';
import { addQueried } from './queried';

/** How old a number that had to be queried may be, ms: several scrapers cost no more than one. */
const cacheMs = 3000;
const maxHolds = 50_000;

/** Numbers of the whole system, read from the stores. Every process reports the same ones: take their `max`. */
export function addStoreNumbers(context: Context): void {
  addLanes(context);
  addHolds(context);
  addMoney(context);
  addRooms(context);
}

function addLanes(context: Context): void {
  const lanes = cacheFor(() => readLaneBacklogs(context), cacheMs);
  const each = async (value: (lane: LaneBacklog) => number) =>
    (await lanes()).map((lane) => ({ labels: { lane: lane.lane }, value: value(lane) }));
  addQueried(context, {
    name: 'commands_unfinished',
    help: `Due commands without an outcome (${maxCounted}: that many or more)`,
    labelNames: ['lane'],
    read: () => each(({ unfinished }) => unfinished),
  });
  addQueried(context, {
    name: 'oldest_command_age_seconds',
    help: 'How long the oldest unfinished command has been due',
    labelNames: ['lane'],
    read: () => each(({ oldestSeconds }) => oldestSeconds),
  });
  addQueried(context, {
    name: 'lanes_without_owner',
    help: 'Lanes that no worker carries out now',
    read: async () => [{ labels: {}, value: (await lanes()).filter(({ owned }) => !owned).length }],
  });
}

function addHolds(context: Context): void {
  const live = cacheFor(
    () =>
      native(context.models, 'holds').countDocuments(
        { status: 'held' },
        // The partial index of live holds, so that the cost does not grow with the collection.
        { hint: 'seatIds_1', limit: maxHolds, maxTimeMS: 2000, readPreference: 'secondaryPreferred' },
      ),
    cacheMs,
  );
  addQueried(context, {
    name: 'holds_live',
    help: `Holds neither paid nor ended (${maxHolds}: that many or more)`,
    read: async () => [{ labels: {}, value: await live() }],
  });
}

/** Top-ups that are neither settled nor over, and of those `held` wait for an operator. */
const openTopUps = ['pending', 'paid', 'held', 'refunding'] as const satisfies readonly TopUpStatus[];
const maxTopUps = 10_000;

function addMoney(context: Context): void {
  const { models } = context;
  // Both by an index of such documents only, and each count ends at its limit.
  const options = { limit: maxTopUps, maxTimeMS: 2000, readPreference: 'secondaryPreferred' } as const;
  const topUps = cacheFor(
    () => Promise.all(openTopUps.map((status) => native(models, 'topUps').countDocuments({ status }, options))),
    cacheMs,
  );
  const debts = cacheFor(() => native(models, 'wallets').countDocuments({ debt: { $gt: 0 } }, options), cacheMs);
  addQueried(context, {
    name: 'top_ups_open',
    help: `Top-ups that are not over (${maxTopUps}: that many or more)`,
    labelNames: ['status'],
    read: async () => {
      const counts = await topUps();
      return openTopUps.map((status, i) => ({ labels: { status }, value: counts[i] ?? 0 }));
    },
  });
  addQueried(context, {
    name: 'wallets_in_debt',
    help: `Wallets that owe points (${maxTopUps}: that many or more)`,
    read: async () => [{ labels: {}, value: await debts() }],
  });
}

function addRooms(context: Context): void {
  const { redis, clock, config } = context;
  const waitingRoom = createWaitingRoom({ redis, clock, ...roomOptions(config) });
  const rooms = cacheFor(() => readRoomNumbers(context, waitingRoom), cacheMs);
  const add = (
    field: keyof ObservedRoom & ('waiting' | 'active' | 'admitted' | 'admitting'),
    name: string,
    help: string,
  ) =>
    addQueried(context, {
      name,
      help,
      labelNames: ['concert'],
      read: async () => (await rooms()).map((room) => ({ labels: { concert: room.concertId }, value: room[field] })),
    });
  add('waiting', 'waiting_room_waiting', 'People in line');
  add('active', 'waiting_room_active', 'People who have been let in and may hold and pay');
  add('admitting', 'waiting_room_admitting', '1 while the room is open, not paused and not full');
  add('admitted', 'waiting_room_admitted_total', 'People let in since the room was last reset');
}

/** A bound on what a scrape costs: the waiting rooms of the newest concerts. */
const maxRooms = 100;

type ObservedRoom = RoomNumbers & { concertId: string; admitting: number };

/** The numbers of each concert's waiting room: one query, then one Redis call for each, all sent at once. */
async function readRoomNumbers({ models, clock }: Context, waitingRoom: WaitingRoom): Promise<ObservedRoom[]> {
  const rooms = await models.concerts
    .find({}, { opensAt: 1, entryUrl: 1, room: 1 })
    .sort({ _id: -1 })
    .limit(maxRooms)
    .read('secondaryPreferred')
    .lean<ConcertDoc[]>();
  return Promise.all(
    rooms.map(async (concert) => {
      const numbers = await waitingRoom.numbers(concert);
      return { concertId: concert._id, ...numbers, admitting: admits(concert, numbers.active, clock.now()) ? 1 : 0 };
    }),
  );
}

/** Whether the next in line would be admitted, but for the rate: the line is open, not paused, and a session is free. */
function admits({ opensAt, room }: ConcertDoc, active: number, now: number): boolean {
  const isOpen = opensAt === null || opensAt.getTime() <= now;
  return isOpen && !room.paused && (room.maxActive === null || active < room.maxActive);
}
