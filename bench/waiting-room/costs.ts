import type { Redis } from 'ioredis';
import type { WaitingRoom } from '../../shared/waiting-room/waiting-room';
import { type BenchRoom, closedConcert, each } from './bench-room';

const calls = 5000;
const visitors = 500;

/** In a line of `waiters`: microseconds of CPU in Redis for one call of each verb, network and log included. */
export interface Costs {
  waiters: number;
  join: number;
  /** By people as the room asks for polls: half of them from all over the line, half near its head. */
  poll: number;
  /** By people from all over the line: the least that a cache can help. */
  pollAnywhere: number;
  leave: number;
  /** Lets in one visitor. */
  admit: number;
  gate: number;
  /** The tick's look at 512 places for the silent, once a second. */
  look: number;
  bytesPerWaiter: number;
}

/** Fills one line up to each of the sizes and measures there. */
export async function measureCosts({ redis, room, clock }: BenchRoom, sizes: number[]): Promise<Costs[]> {
  const concert = closedConcert('costs');
  const user = (i: number) => `user_${i}`;
  const timed = (verb: (i: number) => Promise<unknown>, count = calls) =>
    redisMicros(redis, count, () => each(0, count, verb));
  const all: Costs[] = [];
  const before = await usedMemory(redis);
  // Those in line are user_<head> to user_<end - 1>.
  let [head, end, cap] = [0, 0, 0];
  await learnScripts(room);
  for (const waiters of sizes) {
    await each(end, head + waiters - end, (i) => room.join(concert, user(i)));
    end = head + waiters;
    const bytesPerWaiter = Math.round(((await usedMemory(redis)) - before) / waiters);
    const anywhere = () => user(head + Math.floor(Math.random() * waiters));
    const nearHead = () => user(head + Math.floor(waiters ** Math.random()) - 1);
    const poll = await timed((i) => room.poll(concert, i % 2 === 0 ? anywhere() : nearHead()));
    const pollAnywhere = await timed(() => room.poll(concert, anywhere()));
    const join = await timed((i) => room.join(concert, `late_${i}`));
    const leave = await timed((i) => room.leave(concert, `late_${i}`));
    const admit = await timed(() => room.admit({ ...concert, room: { ...concert.room, maxActive: ++cap } }), visitors);
    const tokens: string[] = [];
    for (let i = 0; i < visitors; i++) tokens.push((await room.join(concert, user(head + i))).token);
    const gate = await timed((i) => room.gate(concert, user(head + (i % visitors)), tokens[i % visitors]));
    head += visitors;
    const look = await timed(() => {
      clock.offsetMs += 1000;
      return room.admit(concert);
    }, visitors);
    all.push({ waiters, join, poll, pollAnywhere, leave, admit, gate, look, bytesPerWaiter });
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

/** CPU of Redis' main thread for each of `count` calls, so that others on this machine do not count. */
async function redisMicros(redis: Redis, count: number, work: () => Promise<unknown>): Promise<number> {
  const before = await cpuMicros(redis);
  await work();
  return Math.round((10 * ((await cpuMicros(redis)) - before)) / count) / 10;
}

async function cpuMicros(redis: Redis): Promise<number> {
  const info = await redis.info('cpu');
  const seconds = (what: string) => Number(new RegExp(`used_cpu_${what}_main_thread:([\\d.]+)`).exec(info)?.[1]);
  return (seconds('user') + seconds('sys')) * 1e6;
}

async function usedMemory(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
}
