import { setTimeout as sleep } from 'node:timers/promises';
import { markdownTable } from '../../markdown';
import { percentile } from '../../percentile';
import { cpuSeconds } from '../../stack/process';
import type { Stores } from '../../stack/stores';
import { closedConcert, each, openBenchRoom } from '../waiting-room/bench-room';
import { type Line, openMongoLine } from './mongo-line';

const verbs = ['join', 'poll', 'admit'] as const;
/** Longest stretch of calls one after another, ms. */
const stretchMs = 3000;
const mostCalls = 500;
const atOnce = 2000;

/** What a call costs with 1,000, 100,000 and 1,000,000 people in line, on Redis as the product does it, and on MongoDB. */
export async function measureLines(stores: Stores, { longest }: { longest: number }): Promise<string> {
  const lengths = [1000, 100_000, 1_000_000].filter((length) => length <= longest);
  const rows: string[][] = [];
  for (const [name, open] of [
    ['Redis', openRedisLine],
    ['MongoDB', openMongoLine],
  ] as const) {
    const line = await open(stores);
    let joined = 0;
    for (const length of lengths) {
      await line.fill(joined, length);
      joined = length;
      await sleep(1000);
      for (const verb of verbs) {
        let newcomers = joined;
        const anyone = () => Math.floor(Math.random() * length);
        const call = () =>
          verb === 'admit' ? line.admit() : verb === 'join' ? line.join(newcomers++) : line.poll(anyone());
        const trips = await oneByOne(call);
        const cpuBefore = cpuSeconds(line.pid);
        const begun = performance.now();
        const count = trips.length < mostCalls ? trips.length : atOnce;
        await each(0, verb === 'admit' ? 0 : count, call);
        const took = performance.now() - begun;
        const cpu = ((cpuSeconds(line.pid) - cpuBefore) * 1e6) / count;
        joined = newcomers;
        const together = verb === 'admit' ? ['', ''] : [((count / took) * 1000).toFixed(0), cpu.toFixed(0)];
        rows.push([length.toLocaleString('en'), name, verb, micros(trips, 0.5), micros(trips, 0.99), ...together]);
      }
    }
    await line.close();
  }
  return markdownTable(
    ['In line', 'Store', 'Verb', 'p50, µs', 'p99, µs', 'A second, 100 at once', "The store's CPU each, µs"],
    rows,
  );
}

const micros = (times: readonly number[], share: number) =>
  Math.round(1000 * percentile(times, share)).toLocaleString('en');

async function oneByOne(call: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + stretchMs;
  while (times.length < mostCalls && performance.now() < end) {
    const begun = performance.now();
    await call();
    times.push(performance.now() - begun);
  }
  return times;
}

async function openRedisLine(): Promise<Line> {
  const bench = await openBenchRoom();
  const concert = closedConcert('line');
  let cap = 0;
  return {
    fill: (from, to) => each(from, to - from, (visitor) => bench.room.join(concert, `user_${visitor}`)),
    join: (visitor) => bench.room.join(concert, `user_${visitor}`),
    poll: (visitor) => bench.room.poll(concert, `user_${visitor}`),
    admit: () => bench.room.admit({ ...concert, room: { ...concert.room, maxActive: ++cap } }),
    pid: Number(/process_id:(\d+)/.exec(await bench.redis.info('server'))?.[1]),
    close: () => bench.close(),
  };
}
