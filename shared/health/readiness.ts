import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context';
import { remember } from '../metrics/remember';
import { primariesOf } from '../platform/redis';
import { missingIndexes } from './missing-indexes';

/** Says what is missing, or null. What it throws counts as missing too. */
export type Check = (context: Context) => Promise<string | null>;

/** What a process lacks to do its work, by the name of the check; empty: it is ready. */
type Missing = Record<string, string>;

export type Readiness = () => Promise<Missing>;

/** ms. A probe gets its answer although a store is silent. */
const patienceMs = 1000;
/** ms. Of a write; less than what a probe waits, so that it says what hangs. */
const writeMs = 700;
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

/** The driver asks the primary, or says that there is none; then writes as the work does. Reading alone would tell nothing. */
async function checkMongo({ connection, presence }: Context): Promise<string | null> {
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (!hello?.isWritablePrimary) return 'no primary';
  return presence.touch(writeMs).then(
    () => null,
    (error: Error) => `no transaction can be written: ${error.message}`,
  );
}

/**
 * With any other policy Redis would throw waiting jobs and places in line away when its memory is full. Of a cluster, a
 * primary that is away takes its rooms and lanes with it until its replica takes over: no reason to turn everybody away.
 */
async function checkRedis({ redis, redisRights }: Context): Promise<string | null> {
  if (!redisRights.info) return redis.ping().then(() => null);
  const asked = await Promise.allSettled(primariesOf(redis).map((primary) => primary.info('memory')));
  const told = asked.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const [silent] = asked.flatMap((answer) => (answer.status === 'rejected' ? answer : []));
  if (told.length === 0) throw silent?.reason ?? new Error('no primary');
  const wrong = told.map((memory) => /maxmemory_policy:(\S+)/.exec(memory)?.[1]).find((one) => one !== 'noeviction');
  return wrong ? `maxmemory-policy is ${wrong}, not noeviction` : null;
}
