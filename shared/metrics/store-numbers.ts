import type { Context } from '../context';
import { native } from '../models';
import { createWaitingRoom, roomOptions } from '../waiting-room/waiting-room';
import { type LaneNumbers, mostCounted, readLaneNumbers } from './lane-numbers';
import { addQueried } from './queried';
import { remember } from './remember';
import { readRoomNumbers, type SeenRoom } from './room-numbers';

/** How old a number that had to be queried may be, ms: several scrapers cost no more than one. */
const keptMs = 3000;
const mostHolds = 50_000;

/** Numbers of the whole system, read from the stores. Every process tells the same ones: take their `max`. */
export function addStoreNumbers(context: Context): void {
  addLanes(context);
  addHolds(context);
  addRooms(context);
}

function addLanes(context: Context): void {
  const lanes = remember(() => readLaneNumbers(context), keptMs);
  const each = async (value: (lane: LaneNumbers) => number) =>
    (await lanes()).map((lane) => ({ labels: { lane: lane.lane }, value: value(lane) }));
  addQueried(context, {
    name: 'commands_unfinished',
    help: `Due commands without an outcome (${mostCounted}: that many or more)`,
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
  const live = remember(
    () =>
      native(context.models, 'holds').countDocuments(
        { status: 'held' },
        // The partial index of live holds, so that the cost does not grow with the collection.
        { hint: 'seatIds_1', limit: mostHolds, maxTimeMS: 2000, readPreference: 'secondaryPreferred' },
      ),
    keptMs,
  );
  addQueried(context, {
    name: 'holds_live',
    help: `Holds neither paid nor ended (${mostHolds}: that many or more)`,
    read: async () => [{ labels: {}, value: await live() }],
  });
}

function addRooms(context: Context): void {
  const { redis, clock, config } = context;
  const waitingRoom = createWaitingRoom({ redis, clock, ...roomOptions(config) });
  const rooms = remember(() => readRoomNumbers(context, waitingRoom), keptMs);
  const add = (field: keyof SeenRoom & ('waiting' | 'active' | 'admitted' | 'admitting'), name: string, help: string) =>
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
