import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiContext, openApiContext } from '../../api/context';
import { allRoutes } from '../../api/routes';
import { openSubscriptions, type Subscriptions } from '../../api/streams/subscriptions';
import { type Context, openContext } from '../../shared/context';
import { type ClusterNode, type RedisCluster, startRedisCluster } from '../../tools/bench/scale/redis-cluster';
import { startMongodSet } from '../../tools/chaos/lab/mongod-set';
import { findMongod } from '../../tools/stack/stores/find-mongod';
import { findRedisServer } from '../../tools/stack/stores/find-redis-server';
import { startWorkers } from '../../workers/start-workers';
import { type Builders, createBuilders } from '../helpers/builders';
import { type Client, createClient } from '../helpers/client';
import { serve, startWorld, type World } from '../helpers/world';

export interface Api extends Builders {
  client: Client;
  context: ApiContext;
  subscriptions: Subscriptions;
}

/** Two APIs and two workers on six real redis-servers as a cluster and three real mongods as a replica set. */
export interface Stage {
  cluster: RedisCluster;
  world: World;
  apis: readonly [Api, Api];
  workers: readonly Context[];
  /** How often a worker found work that no job had told of. */
  sweepFinds(): Promise<number>;
  /** The primary that has a key. */
  ownerOf(key: string): Promise<ClusterNode>;
  close(): Promise<void>;
}

const say = () => undefined;

export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-scale-'));
  const closing = [() => rm(folder, { recursive: true, force: true })];
  const later = (close: () => Promise<unknown>) => void closing.push(async () => void (await close()));
  const close = async () => {
    for (const end of closing.reverse()) await end().catch(() => undefined);
  };
  try {
    const { cluster, mongodbUri } = await startStores(folder, later);
    const stores = { MONGODB_URI: mongodbUri, REDIS_URL: cluster.url };
    const settings = { ...stores, RESERVATION_LANES: '6', WALLET_LANES: '6' };
    const world = await startWorld({ settings, workers: false, cleanUp: false });
    later(world.close);
    const first: Api = { ...world, subscriptions: await openSubscriptions(world.context) };
    const apis = [first, await secondApi(world, later)] as const;
    const workers = [await startWorker(world, 'worker-1', later), await startWorker(world, 'worker-2', later)];
    return { cluster, world, apis, workers, sweepFinds: () => countFinds(workers), ownerOf: ownerIn(cluster), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Later = (close: () => Promise<unknown>) => void;

/** Side by side; what has started is closed although the other has failed. */
async function startStores(folder: string, later: Later): Promise<{ cluster: RedisCluster; mongodbUri: string }> {
  const [mongod, redis] = await Promise.all([findMongod(process.env, say), findRedisServer(process.env, say)]);
  const [cluster, mongods] = await Promise.allSettled([
    startRedisCluster(redis.path, join(folder, 'redis')),
    startMongodSet({ binary: mongod.path, folder: join(folder, 'mongod'), electionMs: 2000 }),
  ]);
  for (const started of [cluster, mongods]) if (started.status === 'fulfilled') later(started.value.close);
  if (cluster.status === 'rejected') throw cluster.reason;
  if (mongods.status === 'rejected') throw mongods.reason;
  return { cluster: cluster.value, mongodbUri: mongods.value.uri.replace('/?', '/test_scale?') };
}

async function secondApi({ config, clock }: World, later: Later): Promise<Api> {
  const context = await openApiContext(config, clock);
  later(() => context.lifecycle.close());
  const client = createClient(await serve(context), allRoutes(config));
  context.lifecycle.onClose('client', client.close);
  return { ...createBuilders(context, client), client, context, subscriptions: await openSubscriptions(context) };
}

async function startWorker({ config, clock }: World, name: string, later: Later): Promise<Context> {
  const context = await openContext(config, name, clock);
  later(() => context.lifecycle.close());
  const owner = await startWorkers(context);
  context.lifecycle.onClose('lanes', owner.stop);
  return context;
}

async function countFinds(workers: readonly Context[]): Promise<number> {
  const told = await Promise.all(workers.map(({ metrics }) => metrics.sweepFinds.get()));
  return told.flatMap(({ values }) => values).reduce((sum, { value }) => sum + value, 0);
}

function ownerIn(cluster: RedisCluster): Stage['ownerOf'] {
  return async (key) => {
    const primaries = await cluster.primaries();
    const moved = await Promise.all(primaries.map(({ redis }) => redis.exists(key).catch(() => null)));
    const owner = primaries[moved.findIndex((answer) => answer !== null)];
    if (!owner) throw new Error(`no primary has the slot of ${key}`);
    return owner;
  };
}
