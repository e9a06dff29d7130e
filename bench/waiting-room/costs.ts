import type { Redis } from 'ioredis';
import type { WaitingRoom } from '../../shared/waiting-room/waiting-room';
import { type BenchRoom, closedConcert, each } from './bench-room';

const stretches = 5;
const calls = 2000;
/** Let in within one stretch. */
const visitors = 100;

/** In a line of `waiters`: microseconds of CPU in Redis for one call of each verb, network and log included. */
export interface Costs {
  waiters: number;
  join: number;
  /** By people as the room asks for polls: half of them from all over the line, half near its head. */
  poll: number;
  /** By people from all over the line: the least that a cache can help. */
  pollAnywhere: number;
  /** The same for each of a hundred who poll at the same moment and so share a call. */
  polledAtOnce: number;
  leave: number;
  /** Lets in one visitor. */
  admit: number;
  gate: number;
  /** The tick's look at 512 places for the silent, once a second. */
  look: number;
  bytesPerWaiter: number;
}

/** Fills one line up to each of the sizes and measures there. */
export async function measureCosts({ redis, room, rooms, clock }: BenchRoom, sizes: number[]): Promise<Costs[]> {
  const concert = closedConcert('costs');
  const user = (i: number) => `user_${i}`;
  const timed = (verb: (i: number, alone: WaitingRoom) => Promise<unknown>, count = calls) =>
    redisMicros(redis, count, (from) => each(from, count, (i, lane) => verb(i, rooms[lane] ?? room)));
  const all: Costs[] = [];
  const before = await usedMemory(redis);
  // Those in line are user_<head> to user_<end - 1>.
  let [head, end, cap] = [0, 0, 0];
  await learnScripts(room);
  for (const waiters of sizes) {
    await each(end, head + waiters - end, (i) => room.join(concert, user(i)));
    end = head + waiters;
    // Those who left at the last size are forgotten after a quarter of an hour.
    clock.offsetMs += 15 * 60_000;
    while ((await room.admit(concert)).more);
    const bytesPerWaiter = Math.round(((await usedMemory(redis)) - before) / waiters);
    const anywhere = () => user(head + Math.floor(Math.random() * waiters));
    const nearHead = () => user(head + Math.floor(waiters ** Math.random()) - 1);
    const poll = await timed((i, alone) => alone.poll(concert, i % 2 === 0 ? anywhere() : nearHead()));
    const pollAnywhere = await timed((_, alone) => alone.poll(concert, anywhere()));
    const polledAtOnce = await timed(() => room.poll(concert, anywhere()));
    const join = await timed((i, alone) => alone.join(concert, `late_${i}`));
    const leave = await timed((i, alone) => alone.leave(concert, `late_${i}`));
    const admit = await timed(() => room.admit({ ...concert, room: { ...concert.room, maxActive: ++cap } }), visitors);
    const tokens: string[] = [];
    for (let i = 0; i < visitors * stretches; i++) tokens.push((await room.join(concert, user(head + i))).token);
    const gate = await timed((i, alone) =>
      alone.gate(concert, user(head + (i % tokens.length)), tokens[i % tokens.length]),
    );
    head += tokens.length;
    const look = await timed(() => {
      clock.offsetMs += 1000;
      return room.admit(concert);
    }, visitors);
    all.push({ waiters, join, poll, pollAnywhere, polledAtOnce, leave, admit, gate, look, bytesPerWaiter });
  }
  return all;
}

/** What a place costs while it waits for the draw: it has a number, too. */
export async function bytesPerDrawnWaiter({ redis, room }: BenchRoom, waiters: number): Promise<number> {
  const before = await usedMemory(redis);
  const concert = closedConcert('drawn', new Date(Date.now() + 86_400_000));
  await each(0, waiters, (i) => room.join(concert, `user_${i}`));
  return Math.round(((await usedMemory(redis)) - before) / waiters);
}

/** Calls each verb once, so that no measured call has to send its script first. */
async function learnScripts(room: WaitingRoom): Promise<void> {
  const concert = { ...closedConcert('first'), room: { ...closedConcert('first').room, maxActive: 1 } };
  const { token } = await room.join(concert, 'user');
  await room.gate(concert, 'user', token);
  await room.poll(concert, 'user', token);
  await room.leave(concert, 'user');
  await room.admit(concert);
}

/** CPU of Redis' main thread for one call: the least of five stretches, since others on this machine empty its caches. */
async function redisMicros(redis: Redis, count: number, work: (from: number) => Promise<unknown>): Promise<number> {
  const each: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const before = await cpuMicros(redis);
    await work(stretch * count);
    each.push(((await cpuMicros(redis)) - before) / count);
  }
  return Math.round(10 * Math.min(...each)) / 10;
}

async function cpuMicros(redis: Redis): Promise<number> {
  const info = await redis.info('cpu');
  const seconds = (what: string) => Number(new RegExp(`used_cpu_${what}_main_thread:([\\d.]+)`).exec(info)?.[1]);
  return (seconds('user') + seconds('sys')) * 1e6;
}

/** Bytes of data: without the buffers of connections and of the log, which come and go. */
async function usedMemory(redis: Redis): Promise<number> {
  return Number(/used_memory_dataset:(\d+)/.exec(await redis.info('memory'))?.[1]);
}
