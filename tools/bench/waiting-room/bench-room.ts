import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { createWaitingRoom, type Room, type WaitingRoom } from '../../../shared/waiting-room/waiting-room';
import { percentile } from '../../percentile';
import { findRedisServer } from '../../stack/stores/find-store';
import { startRedisServer } from '../../stack/stores/redis-server';

/** How many things go on at the same time. */
const lanes = 100;

/** A waiting room on a redis-server of its own, so that memory and time are the room's alone. */
export interface BenchRoom {
  redis: Redis;
  clock: { offsetMs: number };
  room: WaitingRoom;
  /** As many API processes have it: calls of different ones are never shared. */
  rooms: WaitingRoom[];
  close(): Promise<void>;
}

export async function openBenchRoom(): Promise<BenchRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-bench-'));
  const { path } = await findRedisServer(process.env, (line) => console.error(line));
  const server = await startRedisServer({ binary: path, folder });
  const redis = new Redis(server.uri);
  // A rewrite of the log in the middle of a measurement would count as the cost of some verb.
  await redis.config('SET', 'auto-aof-rewrite-percentage', '0');
  // Everybody may poll at any time: what is measured is the cost of a poll, not who may make one.
  const clock = { offsetMs: 0 };
  const options = { redis, secret: 'bench', prefix: 'bench', clock, pollsPerSecond: 1e15 };
  return {
    redis,
    clock,
    room: createWaitingRoom({ ...options, minPollSeconds: 0 }),
    rooms: Array.from({ length: lanes }, () => createWaitingRoom({ ...options, minPollSeconds: 0 })),
    async close() {
      redis.disconnect();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A concert that lets nobody in by itself and forgets nobody. */
export function closedConcert(id: string, opensAt: Date | null = null): Room {
  const room = {
    maxActive: 0,
    admitPerMinute: null,
    sessionSeconds: 3600,
    maxSessionSeconds: 3600,
    graceSeconds: 36_000,
  };
  return { _id: id, opensAt, entryUrl: null, room: { ...room, paused: false, draining: false, epoch: 1 } };
}

/** Does `work` for each of `count` numbers from `from` on, in lanes side by side. */
export async function each(
  from: number,
  count: number,
  work: (i: number, lane: number) => Promise<unknown>,
): Promise<void> {
  let next = from;
  const run = async (lane: number) => {
    while (next < from + count) await work(next++, lane);
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
}

/** Others share the machine: the least of so many stretches is closest to what the work itself takes. */
const stretches = 5;

/** Microseconds for one call. */
export interface CallCost {
  /** From call to answer, one call at a time: the median. */
  trip: number;
  /** CPU of Redis for a call that serves one visitor, network and log included. */
  cpu: number;
}

/** @param verb gets a number of its own each time, from 0 to 6 * `count` - 1 */
export async function callCost(
  bench: BenchRoom,
  count: number,
  verb: (i: number, room: WaitingRoom) => Promise<unknown>,
): Promise<CallCost> {
  const trips: number[] = [];
  for (let i = 0; i < count; i++) {
    const begun = performance.now();
    await verb(i, bench.room);
    trips.push(performance.now() - begun);
  }
  const trip = Math.round(1000 * percentile(trips, 0.5));
  // Rooms of their own, so that each call serves one visitor although many are under way.
  const alone = (i: number, lane: number) => verb(i, bench.rooms[lane] ?? bench.room);
  return { trip, cpu: await redisMicros(bench, count, (stretch) => each((1 + stretch) * count, count, alone)) };
}

/** CPU microseconds of Redis' main thread for each of the `count` things that `work` does. */
export async function redisMicros(
  { redis }: BenchRoom,
  count: number,
  work: (stretch: number) => Promise<unknown>,
): Promise<number> {
  const micros: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const before = await cpuMicros({ redis });
    await work(stretch);
    micros.push(((await cpuMicros({ redis })) - before) / count);
  }
  return Math.round(10 * Math.min(...micros)) / 10;
}

async function cpuMicros({ redis }: Pick<BenchRoom, 'redis'>): Promise<number> {
  const info = await redis.info('cpu');
  const seconds = (what: string) => Number(new RegExp(`used_cpu_${what}_main_thread:([\\d.]+)`).exec(info)?.[1]);
  return (seconds('user') + seconds('sys')) * 1e6;
}

/** Bytes of data in Redis: without the buffers of connections and of the log, which come and go. */
export async function dataBytes({ redis }: Pick<BenchRoom, 'redis'>): Promise<number> {
  return Number(/used_memory_dataset:(\d+)/.exec(await redis.info('memory'))?.[1]);
}
