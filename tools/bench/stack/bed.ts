import { freePort } from '../../stack/stores/free-port';
import type { Probe } from '../measure/probe';
import { openStoreCounters } from '../measure/store-counters';
import { learnSurroundings, type Surroundings } from '../measure/surroundings';
import { openDirect } from '../targets/direct';
import { openProduct } from '../targets/product';
import type { Target } from '../targets/target';
import type { Closers } from './closers';
import { startNode, startStack, untilAnswers } from './processes';
import { benchSettings } from './settings';
import { startStores } from './stores';

/** One server under test, and where to read what it costs. */
export interface Side {
  target: Target;
  probe: Probe;
}

/** Everything that is up during a run: the product and the baselines, side by side on the same stores. */
export interface Bed extends Surroundings {
  product: Side;
  direct: Side;
  bare: Side;
}

export async function openBed(workers: number, closers: Closers): Promise<Bed> {
  const stores = await startStores();
  closers.add(stores.stop);
  const uriOf = (database: string) => stores.mongod.uri.replace('/frontrow?', `/${database}?`);
  const counters = await openStoreCounters(stores);
  closers.add(counters.close);

  const stack = await startStack(productSettings(uriOf('bench'), stores.redis.uri), workers);
  closers.add(stack.stop);
  const [directPort, barePort] = [await freePort(0), await freePort(0)];
  const directUri = uriOf('bench_direct');
  const direct = startNode('direct', 'tools/bench/direct/server.js', {
    PORT: String(directPort),
    MONGODB_URI: directUri,
  });
  closers.add(direct.stop);
  const bare = startNode('bare express', 'tools/bench/baselines/bare-express.js', { PORT: String(barePort) });
  closers.add(bare.stop);
  await untilAnswers(directPort, '/readyz');
  await untilAnswers(barePort, '/job');

  const ofStores = { mongod: [stores.mongod.process.pid ?? 0], Redis: [stores.redis.process.pid ?? 0] };
  const probe = (pids: Probe['pids'], metricsPorts: readonly number[] = []): Probe => {
    return { counters, pids: { ...pids, ...ofStores }, metricsPorts };
  };
  const ofStack = { API: [stack.api.pid], workers: stack.workers.map(({ pid }) => pid) };
  const productProbe = probe(ofStack, stack.metricsPorts);
  const product = await openProduct(stack.port);
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
    SHUTDOWN_SECONDS: '5',
  };
}
