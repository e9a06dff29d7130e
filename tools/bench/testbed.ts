import { join } from 'node:path';
import { freePort } from '../stack/free-port';
import { openProxy } from '../stack/proxy';
import { databaseUri, openStores, type Stores } from '../stack/stores';
import { startMongodSet } from '../stack/stores/mongod-set';
import type { Probe } from './measure/probe';
import { openStoreCounters } from './measure/store-counters';
import { learnSurroundings, type Surroundings } from './measure/surroundings';
import type { Options } from './options';
import { benchSettings, startBaseline, startMeasured } from './settings';
import { openDirect } from './targets/direct';
import { openProduct } from './targets/product';
import type { Target } from './targets/target';

/** One server under test, and where to read what it costs. */
export interface Side {
  target: Target;
  probe: Probe;
}

/** Everything that is up during a run: the product and the baselines, side by side on the same stores. */
export interface Testbed extends Surroundings {
  product: Side;
  direct: Side;
  bare: Side;
}

/** What must be ended with the run, last begun first. */
interface Closers {
  add(close: () => Promise<unknown>): void;
  /** Goes on past what fails. Safe to repeat. */
  close(): Promise<void>;
}

export function createClosers(): Closers {
  const all: (() => Promise<unknown>)[] = [];
  return {
    add: (close) => void all.push(close),
    async close() {
      for (let close = all.pop(); close; close = all.pop()) await close().catch((error) => console.error(error));
    },
  };
}

export async function openTestbed(
  { workers, members, delayMs }: Pick<Options, 'workers' | 'members' | 'delayMs'>,
  closers: Closers,
): Promise<Testbed> {
  const single = await openStores({ name: 'bench', log: (line) => console.error(`  ${line}`), cacheGb: 1 });
  closers.add(() => single.close());
  const stores = members === 3 ? { ...single, ...(await openSet(single, delayMs, closers)) } : single;
  const counters = await openStoreCounters(stores);
  closers.add(counters.close);
  const uriOf = (database: string) => databaseUri(stores.mongod.uri, database);
  const stack = await startMeasured(productSettings(uriOf('bench'), stores.redis.uri), workers);
  closers.add(stack.stop);
  const [directPort, barePort] = [await freePort(0), await freePort(0)];
  const directUri = uriOf('bench_direct');
  const directSettings = { MONGODB_URI: directUri };
  const direct = await startBaseline('direct', 'tools/bench/direct/server.js', directPort, '/readyz', directSettings);
  closers.add(() => direct.stop());
  const bare = await startBaseline('bare express', 'tools/bench/baselines/bare-express.js', barePort, '/job');
  closers.add(() => bare.stop());

  const ofStores = { mongod: [stores.mongod.process.pid ?? 0], Redis: [stores.redis.process.pid ?? 0] };
  const probe = (pids: Probe['pids'], metricsPorts: readonly number[] = []): Probe => {
    return { counters, pids: { ...pids, ...ofStores }, metricsPorts };
  };
  const ofStack = { API: [stack.api.pid], workers: stack.workers.map(({ pid }) => pid) };
  const productProbe = probe(ofStack, stack.metricsPorts);
  const product = await openProduct(stack.api.port);
  const directTarget = await openDirect(directPort, directUri);
  closers.add(directTarget.close);
  return {
    product: { target: product, probe: productProbe },
    direct: { target: directTarget, probe: probe({ direct: [direct.pid] }) },
    bare: { target: { ...product, port: barePort }, probe: probe({ bare: [bare.pid] }) },
    ...(await learnSurroundings(product, productProbe, stores.redis.port)),
  };
}

/** Three members that reach each other through proxies that delay; clients go straight to the primary. */
async function openSet({ folder, mongodBinary, mongod }: Stores, delayMs: number, closers: Closers) {
  await mongod.stop();
  const between = async (port: number) => {
    const proxy = await openProxy(() => port);
    proxy.slow(delayMs);
    closers.add(() => proxy.close());
    return proxy.port;
  };
  const set = await startMongodSet({ binary: mongodBinary, folder: join(folder, 'set'), electionMs: 10_000, between });
  closers.add(set.close);
  await set.whole();
  const primary = await set.primary();
  return { mongod: { ...primary.process(), port: 0, uri: `mongodb://${primary.host}/?directConnection=true` } };
}

function productSettings(mongodbUri: string, redisUrl: string): Record<string, string> {
  return {
    ...benchSettings(mongodbUri, redisUrl),
    QUEUE_PREFIX: 'bench',
    // Holds of one case that end while the next one is measured would be a load that its baseline doesn't have.
    HOLD_SECONDS: '86400',
  };
}
