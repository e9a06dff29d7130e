import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../random';
import type { Hall } from './hall';
import { type CommandRecord, type History, newRecord } from './history';
import type { Person } from './http';
import type { Sender } from './sender';

/** What a client needs for its walk. */
interface Visit {
  person: Person;
  sender: Sender;
  history: History;
  random: Random;
  hall: Hall;
  /** Longest pause between two steps, ms. */
  thinkMs: number;
  /** Claims the next commands of the load's total; false when they are all given out. */
  claim(commands: number): boolean;
}

interface State {
  holds: string[];
  /** Known for certain, since nothing of this user's is under way; else null. */
  balance: number | null;
  finished: CommandRecord[];
  keys: number;
}

const steps = { charge: 22, use: 14, hold: 24, pay: 16, release: 6, burst: 8, repeat: 5, read: 5 };
const mostHolds = 3;

/** One client's walk: charges, uses, holds, payments and releases at random, until the load has had enough. */
export async function walk(visit: Visit): Promise<void> {
  const state: State = { holds: [], balance: null, finished: [], keys: 0 };
  while (visit.claim(1)) {
    await sleep(visit.random.int(0, visit.thinkMs));
    await step(visit, state);
  }
}

async function step(visit: Visit, state: State): Promise<void> {
  const { random } = visit;
  switch (random.weighted(steps)) {
    case 'charge':
      return change(visit, state, 'points.charge', random.int(1, 3000));
    case 'use':
      return change(visit, state, 'points.use', random.int(1, 2000));
    case 'hold':
      return state.holds.length < mostHolds ? hold(visit, state) : pay(visit, state);
    case 'pay':
      return state.holds.length > 0 ? pay(visit, state) : hold(visit, state);
    case 'release':
      return state.holds.length > 0 ? release(visit, state) : hold(visit, state);
    case 'burst':
      return burst(visit, state);
    case 'repeat':
      return repeat(visit, state);
    case 'read':
      return read(visit, state);
  }
}

async function give(visit: Visit, state: State, kind: string, method: 'POST' | 'DELETE', path: string, body?: unknown) {
  state.keys += 1;
  const { userId } = visit.person;
  const record = newRecord({ key: `${userId}-${state.keys}`, userId, kind, method, path, body });
  await visit.sender.carryThrough(record, visit.person);
  if (record.outcome) state.finished.push(record);
  return record;
}

async function change(visit: Visit, state: State, kind: 'points.charge' | 'points.use', amount: number): Promise<void> {
  const path = kind === 'points.charge' ? '/v1/points/charges' : '/v1/points/uses';
  const record = await give(visit, state, kind, 'POST', path, { amount });
  noteBalance(state, record);
}

/** Several at once, so that one wallet has commands waiting behind each other. */
async function burst(visit: Visit, state: State): Promise<void> {
  const more = visit.random.int(1, 4);
  const count = visit.claim(more) ? more + 1 : 1;
  const kinds = Array.from({ length: count }, () => visit.random.pick(['points.charge', 'points.use'] as const));
  await Promise.all(kinds.map((kind) => change(visit, state, kind, visit.random.int(1, 1500))));
  if (count > 1) state.balance = null;
}

async function hold(visit: Visit, state: State): Promise<void> {
  const { random, hall } = visit;
  const { performanceId, seatIds } = hall.someSeats(random);
  const record = await give(visit, state, 'hold.place', 'POST', `/v1/performances/${performanceId}/holds`, { seatIds });
  const { holdId } = (record.outcome?.result ?? {}) as { holdId?: string };
  if (holdId) state.holds.push(holdId);
}

async function pay(visit: Visit, state: State): Promise<void> {
  const holdId = take(visit.random, state.holds);
  const record = await give(visit, state, 'payment.pay', 'POST', `/v1/holds/${holdId}/payment`);
  if (record.outcome?.code === 'POINTS_INSUFFICIENT') state.holds.push(holdId);
  noteBalance(state, record);
}

async function release(visit: Visit, state: State): Promise<void> {
  await give(visit, state, 'hold.release', 'DELETE', `/v1/holds/${take(visit.random, state.holds)}`);
}

async function repeat(visit: Visit, state: State): Promise<void> {
  if (state.finished.length > 0) await visit.sender.repeat(visit.random.pick(state.finished), visit.person);
}

/** What was said of a balance, and of the end of a hold, must show when read. */
async function read({ sender, person, history, random }: Visit, { balance, finished }: State): Promise<void> {
  const answer = await sender.read(person, '/v1/points');
  const now = (answer?.body as { balance?: number } | null)?.balance;
  if (answer && balance !== null && now !== balance)
    history.contradict(`${person.userId} was answered a balance of ${balance}, then read ${now}`);
  const holdIds = finished.flatMap(({ kind, outcome }) =>
    kind === 'hold.place' && outcome?.status === 'done' ? (outcome.result as { holdId: string }).holdId : [],
  );
  if (holdIds.length === 0) return;
  const holdId = random.pick(holdIds);
  const hold = await sender.read(person, `/v1/holds/${holdId}`);
  const status = (hold?.body as { status?: string } | null)?.status;
  if (hold && hold.status !== 200) history.contradict(`${holdId}, held, was answered ${hold.status} when read`);
  else if (status && status !== 'held') history.endedHolds.set(holdId, status);
}

function noteBalance(state: State, { outcome }: CommandRecord): void {
  const { balance } = (outcome?.result ?? {}) as { balance?: number };
  // A refusal changes nothing; without an outcome nothing is known any more.
  if (outcome?.status === 'done') state.balance = balance ?? null;
  else if (!outcome) state.balance = null;
}

function take(random: Random, from: string[]): string {
  const [taken = ''] = from.splice(random.int(0, from.length - 1), 1);
  return taken;
}
