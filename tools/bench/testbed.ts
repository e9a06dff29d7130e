import { freePort } from '../stack/free-port';
import { databaseUri, openStores } from '../stack/stores';
import type { Probe } from './measure/probe';
import { openStoreCounters } from './measure/store-counters';
import { learnSurroundings, type Surroundings } from './measure/surroundings';
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

export async function openTestbed(workers: number, closers: Closers): Promise<Testbed> {
  const stores = await openStores({ name: 'bench', log: (line) => console.error(`  ${line}`), cacheGb: 1 });
  closers.add(() => stores.close());
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

function productSettings(mongodbUri: string, redisUrl: string): Record<string, string> {
  return {
    ...benchSettings(mongodbUri, redisUrl),
    QUEUE_PREFIX: 'bench',
    // Holds of one case that end while the next one is measured would be a load that its baseline doesn't have.
    HOLD_SECONDS: '86400',
  };
}
