import { setTimeout as sleep } from 'node:timers/promises';
import { flow } from '../cases/flow';
import { closedLoop } from '../load/closed-loop';
import type { Target } from '../targets/target';
import { cpuBetween, type Probe, readAfter, readBefore, scaled } from './probe';
import { createScriptCalls, type ScriptCalls } from './script-calls';
import { type Calls, callsSince } from './store-counters';

/** What the servers do in a second in which nobody asks for anything. */
export interface Idle {
  mongo: Calls;
  redis: Calls;
  /** CPU milliseconds, by process. */
  cpu: Record<string, number>;
}

/** What must be known to make figures of counts. */
export interface Surroundings {
  idle: Idle;
  scriptCalls: ScriptCalls;
}

const [bookings, clients] = [400, 16];
const listenMs = 2000;
const idleSeconds = 3;

/** Listens in on bookings, which also warm the product up, and then on nothing. */
export async function learnSurroundings(product: Target, probe: Probe, redisPort: number): Promise<Surroundings> {
  const scriptCalls = createScriptCalls(redisPort);
  const make = await flow.prepare(product, bookings);
  await Promise.all([scriptCalls.listen(listenMs), closedLoop(product.port, clients, listenMs / 1000, make(true))]);
  return { idle: await measureIdle(probe), scriptCalls };
}

async function measureIdle(probe: Probe): Promise<Idle> {
  const before = await readBefore(probe);
  await sleep(idleSeconds * 1000);
  const after = await readAfter(probe);
  return {
    mongo: scaled(callsSince(before.mongo, after.mongo), 1 / idleSeconds),
    redis: scaled(callsSince(before.redis, after.redis), 1 / idleSeconds),
    cpu: scaled(cpuBetween(before, after), 1000 / idleSeconds),
  };
}
