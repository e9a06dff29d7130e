import { cpuSeconds } from '../../stack/process';
import type { NodeProcess } from '../../stack/product';
import type { ClusterStores } from '../../stack/stores';

const kinds = ['api', 'workers', 'mongodPrimary', 'mongodSecondaries', 'redisPrimaries', 'redisReplicas'] as const;
export type Kind = (typeof kinds)[number];

/** Of each kind of process the process ids. */
export type Pids = Record<Kind, number[]>;
/** CPU seconds, or what was made of them, by kind of process. */
export type Cpu = Record<Kind, number>;

export const kindNames: Record<Kind, string> = {
  api: 'API',
  workers: 'workers',
  mongodPrimary: 'mongod primary',
  mongodSecondaries: 'two secondaries',
  redisPrimaries: 'Redis primaries',
  redisReplicas: 'replicas',
};

/** Who is primary now is asked of the stores. */
export async function pidsOf(stores: ClusterStores, apis: NodeProcess[], workers: NodeProcess[]): Promise<Pids> {
  const { mongods, cluster } = stores;
  const [primary, primaries] = await Promise.all([mongods.primary(), cluster.primaries()]);
  const ofMongod = (member: (typeof mongods.members)[number]) => member.process().process.pid ?? 0;
  const ofRedis = ({ store }: (typeof cluster.nodes)[number]) => store.process.pid ?? 0;
  return {
    api: apis.map(({ pid }) => pid),
    workers: workers.map(({ pid }) => pid),
    mongodPrimary: [ofMongod(primary)],
    mongodSecondaries: mongods.members.filter((member) => member !== primary).map(ofMongod),
    redisPrimaries: primaries.map(ofRedis),
    redisReplicas: cluster.nodes.filter((node) => !primaries.includes(node)).map(ofRedis),
  };
}

export function readCpu(pids: Pids): Cpu {
  return ofKinds((kind) => pids[kind].reduce((sum, pid) => sum + cpuSeconds(pid), 0));
}

/** What was used between two readings, divided. */
export function used(before: Cpu, after: Cpu, by: number): Cpu {
  return ofKinds((kind) => (after[kind] - before[kind]) / by);
}

export function ofKinds(value: (kind: Kind) => number): Cpu {
  return Object.fromEntries(kinds.map((kind) => [kind, value(kind)])) as Cpu;
}

export const total = (cpu: Cpu) => kinds.reduce((sum, kind) => sum + cpu[kind], 0);
export const everyKind: readonly Kind[] = kinds;
