import type { Db } from 'mongodb';
import type { Context } from '../context';
import { cacheFor } from '../platform/cache-for';
import { patience } from '../platform/patience';
import { primariesOf } from '../platform/redis';
import { missingIndexes } from '../schema/indexes';
import { explainUnknown, readSchema } from '../schema/schema';

/** Returns what is missing, or null. What it throws counts as missing too. */
export type Check = (context: Context) => Promise<string | null>;

/** What a process lacks to do its work, by the name of the check; empty: it is ready. */
type Missing = Record<string, string>;

export type Readiness = () => Promise<Missing>;

/** ms. A probe gets its answer although a store is silent. */
const timeoutMs = 1000;
/** ms. Of a write; less than what a probe waits, so that it says what hangs. */
const writeMs = 700;
/** ms. Any number of probes costs no more than this. */
const cacheMs = 500;

/** @param own checks beyond those of every process */
export function createReadiness(context: Context, own: Record<string, Check> = {}): Readiness {
  const schema = { schema: remembered(checkSchema), indexes: remembered(checkIndexes) };
  const checks = Object.entries({ mongodb: checkMongo, ...schema, redis: checkRedis, ...own });
  const check = cacheFor(async () => {
    const found = await Promise.all(checks.map(async ([name, one]) => [name, await run(one, context)] as const));
    return Object.fromEntries(found.flatMap(([name, missing]) => (missing === null ? [] : [[name, missing]])));
  }, cacheMs);
  return () => (context.lifecycle.stopping ? Promise.resolve({ process: 'stopping' }) : check());
}

async function run(check: Check, context: Context): Promise<string | null> {
  const { over, stop } = patience(timeoutMs);
  try {
    return await Promise.race([check(context), over.then(() => `no answer in ${timeoutMs} ms`)]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    stop();
  }
}

/** The driver asks the primary, or fails when there is none; then it writes as the work does: reads may go on while writes hang. */
async function checkMongo({ connection, presence }: Context): Promise<string | null> {
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (!hello?.isWritablePrimary) return 'no primary';
  return presence.touch(writeMs).then(
    () => null,
    (error: Error) => `no transaction can be written: ${error.message}`,
  );
}

/**
 * With any other policy Redis would evict waiting jobs and places in line when its memory is full. Of a cluster, a primary
 * that is away takes its waiting rooms and lanes with it until its replica takes over: the process still serves the others.
 */
async function checkRedis({ redis, redisRights }: Context): Promise<string | null> {
  if (!redisRights.info) return redis.ping().then(() => null);
  const answers = await Promise.allSettled(primariesOf(redis).map((primary) => primary.info('memory')));
  const reached = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const [silent] = answers.flatMap((answer) => (answer.status === 'rejected' ? answer : []));
  if (reached.length === 0) throw silent?.reason ?? new Error('no primary');
  const wrong = reached.map((memory) => /maxmemory_policy:(\S+)/.exec(memory)?.[1]).find((one) => one !== 'noeviction');
  return wrong ? `maxmemory-policy is ${wrong}, not noeviction` : null;
}

/** ms. Neither indexes nor migrations come and go: once all was well they are not checked for a while. */
const goodForMs = 30_000;

function remembered(check: (context: Context) => Promise<string | null>): Check {
  let goodUntil = 0;
  return async (context) => {
    if (performance.now() < goodUntil) return null;
    const missing = await check(context);
    if (missing === null) goodUntil = performance.now() + goodForMs;
    return missing;
  };
}

/** The indexes that the invariants need. */
async function checkIndexes({ models }: Context): Promise<string | null> {
  const missing = await missingIndexes(models);
  return missing.length > 0 ? missing.join(', ') : null;
}

/** A migration may have begun, since this process started, that it can't live with. */
async function checkSchema({ connection }: Context): Promise<string | null> {
  const { unknown } = await readSchema(connection.db as Db);
  return unknown.length > 0 ? explainUnknown(unknown) : null;
}
