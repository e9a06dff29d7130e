import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../free-port';
import type { Store } from '../process';
import { startRedisServer } from './redis-server';

/** Three primaries, each with a replica. */
export interface RedisCluster {
  /** Names all six. */
  url: string;
  nodes: readonly ClusterNode[];
  /** The nodes that are primaries now, by what the one that is asked says. */
  primaries(): Promise<ClusterNode[]>;
  close(): Promise<void>;
}

export interface ClusterNode {
  store: Store;
  /** A connection to this node alone; what it says of other nodes' keys is MOVED. */
  redis: Redis;
}

const count = 6;
const shards = 3;
const slots = 16_384;
const formMs = 30_000;
/** Where a node talks to the others: its own port and this. */
const busOffset = 10_000;

/**
 * Starts six redis-servers as a cluster and waits until each knows of all and replicas have caught up.
 * @param nodeTimeoutMs how long a silent primary stays the primary (Redis' default is 15,000)
 */
export async function startRedisCluster(binary: string, folder: string, nodeTimeoutMs = 1000): Promise<RedisCluster> {
  const args = [
    ...['--cluster-enabled', 'yes', '--cluster-node-timeout', String(nodeTimeoutMs)],
    // What the other two primaries have goes on while the third is away.
    ...['--cluster-require-full-coverage', 'no', '--repl-diskless-sync-delay', '0'],
  ];
  const start = async (port: number): Promise<ClusterNode> => {
    const store = await startRedisServer({ binary, folder: join(folder, String(port)), port, args });
    const redis = new Redis(store.port, '127.0.0.1', { maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    return { store, redis };
  };
  const nodes = await Promise.all((await freePorts()).map(start));
  await form(nodes);
  return {
    url: `redis+cluster://${nodes.map(({ store }) => `127.0.0.1:${store.port}`).join(',')}`,
    nodes,
    primaries: async () => {
      const ports = await primaryPorts(nodes);
      return nodes.filter(({ store }) => ports.includes(store.port));
    },
    async close() {
      for (const { redis } of nodes) redis.disconnect();
      await Promise.all(nodes.map(({ store }) => store.stop('SIGKILL')));
    },
  };
}

async function form(nodes: readonly ClusterNode[]): Promise<void> {
  const primaries = nodes.slice(0, shards);
  await Promise.all(
    nodes.map(async ({ redis }, index) => {
      await redis.cluster('SET-CONFIG-EPOCH', index + 1);
      if (index >= shards) return;
      const [from, to] = [index, index + 1].map((shard) => Math.floor((shard * slots) / shards)) as [number, number];
      await redis.cluster('ADDSLOTS', ...Array.from({ length: to - from }, (_, slot) => from + slot));
    }),
  );
  const [first] = nodes;
  await Promise.all(
    nodes
      .slice(1)
      .map(({ store }) => first?.redis.cluster('MEET', '127.0.0.1', String(store.port)) as Promise<unknown>),
  );
  await until('all know all', () => everyNode(nodes, 'cluster_known_nodes', String(count)));
  await Promise.all(
    nodes.slice(shards).map(async ({ redis }, index) => {
      const id = String(await primaries[index]?.redis.cluster('MYID'));
      await redis.cluster('REPLICATE', id);
    }),
  );
  await until('replicas have caught up', async () =>
    (await Promise.all(nodes.slice(shards).map(({ redis }) => redis.info('replication')))).every((answers) =>
      answers.includes('master_link_status:up'),
    ),
  );
  await until('all slots are served', () => everyNode(nodes, 'cluster_slots_ok', String(slots)));
  await until('all nodes know the replicas', async () =>
    (await Promise.all(nodes.map(({ redis }) => redis.cluster('SLOTS')))).every(
      (ranges) => (ranges as unknown[][]).filter((range) => range.length === 4).length === shards,
    ),
  );
}

async function everyNode(nodes: readonly ClusterNode[], field: string, value: string): Promise<boolean> {
  const answers = await Promise.all(nodes.map(({ redis }) => redis.cluster('INFO')));
  return answers.every((info) => String(info).includes(`${field}:${value}\r\n`) && String(info).includes('state:ok'));
}

async function primaryPorts(nodes: readonly ClusterNode[]): Promise<number[]> {
  for (const { redis } of nodes) {
    const ranges = await redis.cluster('SLOTS').catch(() => null);
    if (ranges) return (ranges as unknown as [number, number, [string, number]][]).map(([, , [, port]]) => port);
  }
  throw new Error('no node of the cluster answers');
}

/** Below the ports that systems hand out by themselves, since the bus port can't be asked for. */
async function freePorts(): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(12_000, 22_000);
    const both = await Promise.allSettled([freePort(port), freePort(port + busOffset)]);
    if (both.every(({ status }) => status === 'fulfilled')) ports.add(port);
  }
  return [...ports];
}

async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + formMs;
  while (!(await look().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`Redis Cluster: not within ${formMs} ms: ${what}`);
    await sleep(50);
  }
}
