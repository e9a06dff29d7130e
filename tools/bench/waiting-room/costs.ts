import type { Room, WaitingRoom } from '../../../shared/waiting-room/waiting-room';
import { type BenchRoom, type CallCost, callCost, closedConcert, dataBytes, each, redisMicros } from './bench-room';

const calls = 2000;
/** How many are let in for one measurement. */
const visitors = 100;

export const verbs = ['join', 'poll', 'leave', 'admit', 'gate'] as const;

/** In a line of `waiters`; CPU of Redis in microseconds. */
export interface Costs {
  waiters: number;
  verbs: Record<(typeof verbs)[number], CallCost>;
  /** For each of a hundred who poll at the same moment and so share a call. */
  polledAtOnce: number;
  /** For the tick's look at 512 places for the silent, once a second. */
  look: number;
  bytesPerWaiter: number;
}

/** Those in line are user_<head> to user_<end - 1>; `cap` of them were let in, `late` others came and left again. */
interface Line {
  concert: Room;
  head: number;
  end: number;
  cap: number;
  late: number;
}

const user = (i: number) => `user_${i}`;

/** Fills one line up to each of the sizes and measures there. */
export async function measureCosts(bench: BenchRoom, sizes: number[]): Promise<Costs[]> {
  const { room, clock } = bench;
  const line: Line = { concert: closedConcert('costs'), head: 0, end: 0, cap: 0, late: 0 };
  await learnScripts(room);
  const before = await dataBytes(bench);
  const all: Costs[] = [];
  for (const waiters of sizes) {
    await each(line.end, line.head + waiters - line.end, (i) => room.join(line.concert, user(i)));
    line.end = line.head + waiters;
    // Those who left at the last size are forgotten after a quarter of an hour.
    clock.offsetMs += 15 * 60_000;
    while ((await room.admit(line.concert)).more);
    const bytesPerWaiter = Math.round(((await dataBytes(bench)) - before) / waiters);
    const anyone = () => user(line.head + Math.floor(Math.random() * waiters));
    const poll = await callCost(bench, calls, (_, alone) => alone.poll(line.concert, anyone()));
    const together = () => each(0, calls, () => room.poll(line.concert, anyone()));
    const polledAtOnce = await redisMicros(bench, calls, together);
    const verbs = { poll, ...(await comeAndGo(bench, line)), ...(await letIn(bench, line)) };
    all.push({ waiters, verbs, polledAtOnce, look: await look(bench, line), bytesPerWaiter });
  }
  return all;
}

/** At the end of the line. */
async function comeAndGo(bench: BenchRoom, line: Line) {
  const name = (i: number) => `late_${line.late + i}`;
  const join = await callCost(bench, calls, (i, alone) => alone.join(line.concert, name(i)));
  const leave = await callCost(bench, calls, (i, alone) => alone.leave(line.concert, name(i)));
  line.late += 6 * calls;
  return { join, leave };
}

/** At the head of the line, one visitor a call. */
async function letIn(bench: BenchRoom, line: Line) {
  const { concert } = line;
  const admit = await callCost(bench, visitors, (_, alone) =>
    alone.admit({ ...concert, room: { ...concert.room, maxActive: ++line.cap } }),
  );
  const tokens: string[] = [];
  for (let i = 0; i < visitors; i++) tokens.push((await bench.room.join(concert, user(line.head + i))).token);
  const someone = (i: number) => i % visitors;
  const gate = await callCost(bench, calls, (i, alone) =>
    alone.gate(concert, user(line.head + someone(i)), tokens[someone(i)]),
  );
  line.head = line.cap;
  return { admit, gate };
}

function look(bench: BenchRoom, line: Line): Promise<number> {
  return redisMicros(bench, visitors, () =>
    each(0, visitors, () => {
      bench.clock.offsetMs += 1000;
      return bench.room.admit(line.concert);
    }),
  );
}

/** What a place costs while it waits for the draw: it has a number, too. */
export async function bytesPerDrawnWaiter(bench: BenchRoom, waiters: number): Promise<number> {
  const before = await dataBytes(bench);
  const concert = closedConcert('drawn', new Date(Date.now() + bench.clock.offsetMs + 86_400_000));
  await each(0, waiters, (i) => bench.room.join(concert, user(i)));
  return Math.round(((await dataBytes(bench)) - before) / waiters);
}

/** So that no measured call has to send its script first, or runs code that is not compiled yet. */
async function learnScripts(room: WaitingRoom): Promise<void> {
  const closed = closedConcert('first');
  const concert = { ...closed, room: { ...closed.room, maxActive: 1 } };
  const { token } = await room.join(concert, 'user');
  await room.gate(concert, 'user', token);
  for (let i = 0; i < calls; i++) await room.poll(concert, 'user', token);
  await room.leave(concert, 'user');
  await room.admit(concert);
}
