import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context';
import { remember } from '../metrics/remember';
import { missingIndexes } from './missing-indexes';

/** Says what is missing, or null. What it throws counts as missing too. */
export type Check = (context: Context) => Promise<string | null>;

/** What a process lacks to do its work, by the name of the check; empty: it is ready. */
export type Missing = Record<string, string>;

export type Readiness = () => Promise<Missing>;

/** ms. A probe gets its answer although a store is silent. */
const patienceMs = 1000;
/** ms. Any number of probes costs no more than this. */
const keptMs = 500;

/** @param own checks beyond those of every process */
export function createReadiness(context: Context, own: Record<string, Check> = {}): Readiness {
  const checks = Object.entries({ mongodb: checkMongo, indexes: missingIndexes(), redis: checkRedis, ...own });
  const look = remember(async () => {
    const found = await Promise.all(checks.map(async ([name, check]) => [name, await run(check, context)] as const));
    return Object.fromEntries(found.flatMap(([name, missing]) => (missing === null ? [] : [[name, missing]])));
  }, keptMs);
  return () => (context.lifecycle.stopping ? Promise.resolve({ process: 'stopping' }) : look());
}

async function run(check: Check, context: Context): Promise<string | null> {
  const timeout = new AbortController();
  try {
    return await Promise.race([
      check(context),
      sleep(patienceMs, `no answer in ${patienceMs} ms`, { signal: timeout.signal }),
    ]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    timeout.abort();
  }
}

/** The driver asks the primary, or says that there is none. */
async function checkMongo({ connection }: Context): Promise<string | null> {
  const hello = await connection.db?.admin().command({ hello: 1 });
  return hello?.isWritablePrimary ? null : 'no primary';
}

/** With any other policy Redis would throw waiting jobs and places in line away when its memory is full. */
async function checkRedis({ redis }: Context): Promise<string | null> {
  const policy = /maxmemory_policy:(\S+)/.exec(await redis.info('memory'))?.[1];
  return policy === 'noeviction' ? null : `maxmemory-policy is ${policy}, not noeviction`;
}
