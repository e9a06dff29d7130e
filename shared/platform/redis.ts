import { once } from 'node:events';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { explainSocket, StoreError } from './explain-store';
import type { Logger } from './logger';
import { type RedisClusterAddress, readClusterUrl } from './redis-url';

type RedisMode = 'fail-fast' | 'patient';

/** One Redis, or a Redis Cluster: then all keys of one call have one hash tag. */
export type RedisClient = Redis | Cluster;

/**
 * Milliseconds. `socketTimeout` is how long a call may stay without any answer until the connection is given up: the
 * other side may have vanished without closing it. A patient one must outlast BullMQ's longest blocking command (10 s).
 */
const modes: Record<RedisMode, RedisOptions> = {
  'fail-fast': { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 2000, socketTimeout: 2500 },
  patient: { maxRetriesPerRequest: null, socketTimeout: 12_000 },
};
const connectTimeout = 2000;
const pauseMs = (times: number) => Math.min(times * 50, 1000);
const pingMs = 3000;
/** How long the nodes of a cluster have, one after another, to answer when a process starts, ms. */
const openMs = 10_000;
/** How often a client asks a cluster who has which slots, ms; besides, it learns it whenever it asks the wrong node. */
const slotsMs = 30_000;
/** Tries of one call, a tenth of a second apart, while its node is away and no replica has taken over yet. */
const tries: Record<RedisMode, number> = { 'fail-fast': 16, patient: Number.POSITIVE_INFINITY };

/**
 * Opens a connection to REDIS_URL. `fail-fast` answers an error within two seconds when Redis, or the node of the cluster
 * that has the key, is away (requests of people); `patient` waits for it to come back (BullMQ workers). Reconnects by
 * itself in both.
 * @throws StoreError
 */
export async function openRedis(url: string, mode: RedisMode, logger: Logger): Promise<RedisClient> {
  const address = readClusterUrl(url);
  return address ? openCluster(url, address, mode, logger) : openOne(url, new Redis(url, optionsOf(mode)), logger);
}

/**
 * Opens a connection to subscribe to channels on; patient. In a cluster every node passes every message on to all others,
 * so it connects to any one of those that REDIS_URL names, and to the next one when that is gone.
 */
export async function openSubscriber(url: string, logger: Logger): Promise<Redis> {
  const address = readClusterUrl(url);
  if (!address) return openOne(url, new Redis(url, optionsOf('patient')), logger);
  const { nodes, ...credentials } = address;
  let turn = Math.floor(Math.random() * nodes.length);
  const redis: Redis = new Redis({
    ...optionsOf('patient'),
    ...secured(credentials),
    ...nodes[turn],
    retryStrategy(times) {
      turn = (turn + 1) % nodes.length;
      Object.assign(redis.options, nodes[turn]);
      return pauseMs(times);
    },
  });
  return openOne(url, redis, logger, anyOfThem);
}

/** The primaries of a cluster, as far as this client knows them; the Redis itself if there is but one. */
export function primariesOf(redis: RedisClient): Redis[] {
  return redis.isCluster ? (redis as Cluster).nodes('master') : [redis as Redis];
}

function optionsOf(mode: RedisMode): RedisOptions {
  return { lazyConnect: true, connectTimeout, retryStrategy: pauseMs, reconnectOnError: isReplica, ...modes[mode] };
}

/**
 * After a fail-over the address leads to the new primary, but a connection that stayed open still leads to the old one, which
 * is a replica now. The call has failed; the next one goes to the new primary. Scripts wrap that answer.
 */
function isReplica(error: Error): boolean {
  return error.message.includes('READONLY');
}

function secured({ tls, username, password }: Omit<RedisClusterAddress, 'nodes'>): RedisOptions {
  return { username, password, ...(tls && { tls: {} }) };
}

async function openOne(
  url: string,
  redis: Redis,
  logger: Logger,
  connect = (one: Redis) => one.connect(),
): Promise<Redis> {
  // What connecting rejects with says only that the connection was closed.
  let last: Error | undefined;
  redis.on('error', (error) => {
    last = error;
    logger.debug({ error: error.message }, 'redis connection');
  });
  await connect(redis).catch((error: Error) => {
    redis.disconnect();
    throw new StoreError('REDIS_URL', url, explainRedis(url, last ?? error), error);
  });
  pingRegularly(redis);
  return redis;
}

/** Why a connection could not be opened, for whoever set REDIS_URL. */
function explainRedis(url: string, error: Error): string {
  const { message } = error;
  if (/WRONGPASS|invalid password|without any password/.test(message))
    return `it refuses the user or the password (${message})`;
  if (message.includes('NOAUTH')) return `it wants a password, and the address has none (${message})`;
  if (url.startsWith('rediss') && message.includes('ETIMEDOUT'))
    return `${message}: it does not answer in TLS. Is the port right, or does it speak no TLS (redis://)?`;
  if (message === 'Connection is closed.') return 'it closed the connection. Does it want TLS (rediss://)?';
  // The error does not name why each of them failed.
  if (message.startsWith('None of startup nodes'))
    return 'none of these nodes answers. Are hosts and ports right, and do they want TLS (rediss+cluster://)?';
  return explainSocket(error);
}

async function openCluster(
  url: string,
  { nodes, ...credentials }: RedisClusterAddress,
  mode: RedisMode,
  logger: Logger,
): Promise<Cluster> {
  const { enableOfflineQueue = true, ...redisOptions } = modes[mode];
  const cluster = new Cluster(nodes, {
    lazyConnect: true,
    enableOfflineQueue,
    // It would ask whether the whole cluster is well, and never finish connecting while a part of it is not.
    enableReadyCheck: false,
    maxRedirections: tries[mode],
    slotsRefreshInterval: slotsMs,
    clusterRetryStrategy: pauseMs,
    // The names that a cluster gives its nodes are those in their certificates.
    ...(credentials.tls && { dnsLookup: (host, done) => done(null, host) }),
    redisOptions: { connectTimeout, ...redisOptions, ...secured(credentials) },
  });
  cluster.on('error', (error: Error) => logger.debug({ error: error.message }, 'redis cluster'));
  let last: Error | undefined;
  cluster.on('node error', (error: Error, node: string) => {
    if (error.message !== 'Connection is closed.') last = error;
    logger.debug({ node, error: error.message }, 'node of the redis cluster');
  });
  const refuse = (reason: string, cause?: unknown): never => {
    cluster.disconnect();
    throw new StoreError('REDIS_URL', url, reason, cause);
  };
  await cluster.connect().catch((error: Error) => refuse(explainRedis(url, last ?? error), error));
  if (cluster.nodes('master').length === 0) refuse('its nodes answer, but no node of their cluster has slots');
  pingRegularly(cluster);
  return cluster;
}

/** `connect` rejects when the first node does not answer; the next ones are tried in the background all the same. */
async function anyOfThem(redis: Redis): Promise<void> {
  const ready = once(redis, 'ready', { signal: AbortSignal.timeout(openMs) });
  redis.on('error', () => undefined);
  await Promise.all([ready, redis.connect().catch(() => undefined)]).catch((error: unknown) => {
    redis.disconnect();
    throw new Error('No node of REDIS_URL answers', { cause: error });
  });
}

/** Without traffic a client would never notice that its server is gone. */
function pingRegularly(redis: RedisClient): void {
  const timer = setInterval(() => {
    for (const node of redis.isCluster ? (redis as Cluster).nodes() : [redis as Redis])
      if (node.status === 'ready') node.ping().catch(() => undefined);
    // A client that is disconnected while its server is gone emits no event.
    if (redis.status === 'end') clearInterval(timer);
  }, pingMs).unref();
  redis.once('end', () => clearInterval(timer));
}

/** What is sent in this turn of the event loop goes out in one system call instead of one a command. */
export function sendTogether(redis: RedisClient): void {
  // A node of a cluster that was never asked for anything has no stream yet.
  const streams = primariesOf(redis).flatMap(({ stream }) => stream ?? []);
  for (const stream of streams) stream.cork();
  setImmediate(() => {
    for (const stream of streams) stream.uncork();
  });
}
