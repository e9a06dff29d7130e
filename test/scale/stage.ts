import { type ApiContext, openApiContext } from '../../api/context';
import { allRoutes } from '../../api/routes';
import { openSubscriptions, type Subscriptions } from '../../api/streams/subscriptions';
import { type Context, openContext } from '../../shared/context';
import { databaseUri, openClusterStores } from '../../tools/stack/stores';
import type { ClusterNode, RedisCluster } from '../../tools/stack/stores/redis-cluster';
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

export async function setStage(): Promise<Stage> {
  const closing: (() => Promise<void>)[] = [];
  const later = (close: () => Promise<unknown>) => void closing.push(async () => void (await close()));
  const close = async () => {
    for (const end of closing.reverse()) await end().catch(() => undefined);
  };
  try {
    const {
      cluster,
      mongods,
      close: closeStores,
    } = await openClusterStores(() => undefined, { mongod: 2000, redis: 1000 });
    later(closeStores);
    const uris = { MONGODB_URI: databaseUri(mongods.uri, 'test_scale'), REDIS_URL: cluster.url };
    const settings = { ...uris, RESERVATION_LANES: '6', WALLET_LANES: '6' };
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
