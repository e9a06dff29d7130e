import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { markdownTable } from '../../markdown';
import { databaseUri, type Stores } from '../../stack/stores';
import { flow } from '../cases/flow';
import { closedLoop } from '../load/closed-loop';
import { benchSettings, startMeasured } from '../settings';
import { openProduct } from '../targets/product';

const clients = 32;
/** More than are done in a second. */
const bookings = 1500;

/** Bookings a second and bytes of log for each, by level. */
export async function measureLogs(stores: Stores, { seconds }: { seconds: number }): Promise<string> {
  const rows: string[][] = [];
  for (const level of ['warn', 'info', 'debug']) {
    const folder = join(stores.folder, level);
    const settings = benchSettings(databaseUri(stores.mongod.uri, `bench_${level}`), stores.redis.uri);
    const product = await startMeasured({ ...settings, LOG_LEVEL: level, QUEUE_PREFIX: level }, 1, folder);
    const target = await openProduct(product.api.port);
    const step = (await flow.prepare(target, bookings * seconds))(true);
    const logs = ['api', 'worker-1'].map((name) => join(folder, `${name}.log`));
    const before = await sizeOf(logs);
    const { perSecond, count, p99 } = await closedLoop(target.port, clients, seconds, step);
    const bytes = ((await sizeOf(logs)) - before) / count;
    rows.push([level, Math.round(perSecond), Math.round(p99), Math.round(bytes)].map(String));
    await product.stop();
  }
  return markdownTable(['LOG_LEVEL', 'Bookings/s, 32 clients', 'p99, ms', 'Bytes of log a booking'], rows);
}

async function sizeOf(files: string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
