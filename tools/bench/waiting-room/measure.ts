import type { WaitingRoom } from '../../../shared/waiting-room/waiting-room';
import { percentile } from '../../percentile';
import { type BenchRoom, each } from './bench-room';

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
