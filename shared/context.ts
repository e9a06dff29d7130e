import type { Connection } from 'mongoose';
import { allLanes } from './commands/lane-of';
import { openQueues, type Queues } from './commands/queues';
import { createMetrics, type Metrics } from './metrics/metrics';
import { bindModels, type Models, native } from './models';
import { type Clock, createClock } from './platform/clock';
import type { Config } from './platform/config';
import { createIds, type NewId } from './platform/ids';
import { createLifecycle, type Lifecycle } from './platform/lifecycle';
import { createLogger, type Logger } from './platform/logger';
import { openMongo, syncClock } from './platform/mongo';
import { openRedis, type RedisClient } from './platform/redis';
import { type RedisRights, requireRedisRights } from './platform/redis-rights';
import { enterPresence, type Presence } from './processes/presence';
import { requireSchema } from './schema/schema';
import { openTracing } from './tracing/open-tracing';
import type { Tracing } from './tracing/types';

/** What every part of a process needs. Built once by each entry, passed in everywhere. */
export interface Context {
  config: Config;
  logger: Logger;
  clock: Clock;
  newId: NewId;
  connection: Connection;
  /** What models read by, outside transactions; the same unless `readsApart`. */
  reads: Connection;
  models: Models;
  /** Fails fast when Redis is away. */
  redis: RedisClient;
  redisRights: RedisRights;
  /** That this process runs, as others see it. */
  presence: Presence;
  queues: Queues;
  lifecycle: Lifecycle;
  metrics: Metrics;
  /** Null unless tracing is configured. */
  tracing: Tracing | null;
}

const clockSyncMs = 30_000;

interface ContextOptions {
  /**
   * For processes whose clients cause reads: these get a pool of their own, of as many connections, and `maxReadMs` each.
   * What is written, and what transactions read, waits for none of them.
   */
  readsApart?: boolean;
}

/** ms. A read that takes longer is given up by MongoDB: no index serves it, or the server is too busy to be asked more. */
export const maxReadMs = 5000;

/**
 * Opens the stores, makes sure of the schema, and wires them up.
 * @param clock tests pass one whose `offsetMs` they move
 * @throws when a store does not answer or refuses what is needed, the schema is another version's, commands wait in lanes that are not configured, or
 * processes with other lanes run
 */
export async function openContext(
  config: Config,
  name: string,
  clock: Clock = createClock(),
  { readsApart = false }: ContextOptions = {},
): Promise<Context> {
  const metrics = createMetrics();
  metrics.process.set({ name }, 1);
  const logger = createLogger(name, config.LOG_LEVEL, (level) => metrics.logLines.inc({ level }));
  const lifecycle = createLifecycle(logger);
  try {
    const tracing = openTracing(config, name, lifecycle);
    const connection = await openMongo(config.MONGODB_URI, name, undefined, tracing !== null);
    tracing?.monitor(connection);
    lifecycle.onClose('mongodb', () => connection.close());
    const reads = readsApart ? await openReads(config, name, tracing, lifecycle) : connection;
    // Before anything is written: a mistake is reported at once.
    const redis = await openRedis(config.REDIS_URL, 'fail-fast', logger);
    lifecycle.onClose('redis', () => redis.disconnect());
    const redisRights = await requireRedisRights(config, redis);
    const models = bindModels(connection, reads);
    await requireSchema(connection, config.MONGODB_URI, logger);
    await requireKnownLanes(config, models);
    const newId = createIds(clock);
    const presence = await enterPresence({ config, connection, logger, lifecycle, newId }, name);
    await keepClockInStep(connection, clock, logger, lifecycle);
    const queues = openQueues(config, redis, redisRights, logger);
    lifecycle.onClose('queues', () => Promise.all(Array.from(queues.values(), (queue) => queue.close())));
    return {
      ...{ config, logger, clock, newId, connection, reads, models, redis, redisRights, presence },
      ...{ queues, lifecycle, metrics, tracing },
    };
  } catch (error) {
    await lifecycle.close();
    throw error;
  }
}

async function openReads(
  config: Config,
  name: string,
  tracing: Tracing | null,
  lifecycle: Lifecycle,
): Promise<Connection> {
  const reads = await openMongo(config.MONGODB_URI, `${name}-reads`, undefined, tracing !== null);
  lifecycle.onClose('mongodb reads', () => reads.close());
  tracing?.monitor(reads);
  reads.set('maxTimeMS', maxReadMs);
  return reads;
}

async function keepClockInStep(
  connection: Connection,
  clock: Clock,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<void> {
  await syncClock(connection, clock);
  const timer = setInterval(() => {
    syncClock(connection, clock).catch((error: unknown) => logger.debug({ error }, 'clock not synchronised'));
  }, clockSyncMs);
  lifecycle.onClose('clock', () => clearInterval(timer));
}

/**
 * Fewer lanes than before are fine once the others are empty.
 * @throws when commands wait in lanes that do not exist any more: no worker would ever carry them out
 */
async function requireKnownLanes(config: Config, models: Models): Promise<void> {
  const lane = { $nin: allLanes(config) };
  const unknown = await native(models, 'commands').distinct('lane', { status: 'accepted', lane });
  if (unknown.length === 0) return;
  throw new Error(
    `Unfinished commands wait in ${unknown.sort().join(', ')}, which RESERVATION_LANES=${config.RESERVATION_LANES} and ` +
      `WALLET_LANES=${config.WALLET_LANES} leave out. Start with as many lanes as before until they are finished.`,
  );
}
