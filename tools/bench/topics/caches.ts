import { setTimeout as sleep } from 'node:timers/promises';
import { markdownTable } from '../../markdown';
import { percentile } from '../../percentile';
import { freePort } from '../../stack/free-port';
import { databaseUri, type Stores } from '../../stack/stores';
import { command, demand } from '../cases/case';
import { closedLoop } from '../load/closed-loop';
import { openConnection } from '../load/connection';
import { benchSettings, startMeasured } from '../settings';
import { openProduct } from '../targets/product';
import { benchConcert, type Hall, type Target, type Visitor } from '../targets/target';

const readers = 64;
const changes = 40;
/** How often the reader who waits for a change looks, ms. */
const lookMs = 5;

const settingsOf: Record<string, Record<string, string>> = {
  off: { SEAT_MAP_CACHE_MS: '0', CONCERT_CACHE_MS: '0' },
  on: {},
};

type Row = [read: string, caches: string, perSecond: string, p50: string, p99: string, hits: string];

/** Reads by 64 clients with the caches of the API off and on, and the age of a map while seats change. */
export async function measureCaches(stores: Stores, { seconds }: { seconds: number }): Promise<string> {
  const rows: Row[] = [];
  const ages: string[][] = [];
  for (const [caches, changed] of Object.entries(settingsOf)) {
    const metricsPort = await freePort(0);
    const settings = benchSettings(databaseUri(stores.mongod.uri, `bench_${caches}`), stores.redis.uri);
    const product = await startMeasured({
      ...settings,
      ...changed,
      QUEUE_PREFIX: `caches-${caches}`,
      METRICS_PORT: String(metricsPort),
    });
    const target = await openProduct(product.api.port);
    const [visitor] = await target.visitors(1, { join: true });
    const [small, large] = [(await target.halls(1, 50))[0], (await target.halls(1, 5000))[0]];
    if (!visitor || !small || !large) throw new Error('no hall');
    const paths: Record<string, string> = {
      'seat map of 50': `/v1/performances/${small.performanceId}/seats`,
      'seat map of 5,000': `/v1/performances/${large.performanceId}/seats`,
      'a concert': `/v1/concerts/${benchConcert}`,
      'its dates': `/v1/concerts/${benchConcert}/performances`,
    };
    for (const [read, path] of Object.entries(paths)) {
      const before = await reads(metricsPort);
      const { perSecond, p50, p99 } = await closedLoop(target.port, readers, seconds, async (connection) =>
        demand(await connection.request('GET', path, visitor.headers), '{'),
      );
      const after = await reads(metricsPort);
      const [all, loaded] = [after.all - before.all, after.loaded - before.loaded];
      const hits = all > 0 ? `${((100 * (all - loaded)) / all).toFixed(1)} %` : '';
      rows.push([read, caches, String(Math.round(perSecond)), p50.toFixed(1), p99.toFixed(1), hits]);
    }
    const seen = await measureAge(target, small, visitor);
    ages.push([caches, percentile(seen, 0.5).toFixed(0), percentile(seen, 0.99).toFixed(0)]);
    await product.stop();
  }
  const table = markdownTable(['Read', 'Caches', 'Reads/s', 'p50, ms', 'p99, ms', 'Without a load of its own'], rows);
  const age = markdownTable(['Caches', 'A hold is seen by others after, p50, ms', 'p99, ms'], ages);
  return `${table}\n\n${age}`;
}

/** From the outcome of a hold to the first map that shows it to somebody else, ms. */
async function measureAge(target: Target, hall: Hall, reader: Visitor): Promise<number[]> {
  const visitors = await target.visitors(changes, { join: true });
  const connection = await openConnection(target.port);
  const path = `/v1/performances/${hall.performanceId}/seats`;
  const seen: number[] = [];
  for (const [i, visitor] of visitors.entries()) {
    const seatId = hall.seatIds[i];
    const holds = `/v1/performances/${hall.performanceId}/holds`;
    await command(connection, holds, visitor, true, JSON.stringify({ seatIds: [seatId] }));
    const begun = performance.now();
    for (;;) {
      const { body } = await connection.request('GET', path, reader.headers);
      const { seats } = JSON.parse(body) as { seats: { id: string; status: string }[] };
      if (seats.find(({ id }) => id === seatId)?.status === 'held') break;
      await sleep(lookMs);
    }
    seen.push(performance.now() - begun);
    // So that the next hold comes at any age of the map.
    await sleep(Math.random() * 300);
  }
  connection.close();
  return seen;
}

async function reads(metricsPort: number): Promise<{ all: number; loaded: number }> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const count = (pattern: RegExp) =>
    Array.from(text.matchAll(pattern), ([, n]) => Number(n)).reduce((sum, n) => sum + n, 0);
  return {
    all: count(/^frontrow_cache_reads_total\{.*\} (\S+)/gm),
    loaded: count(/^frontrow_cache_reads_total\{.*how="loaded".*\} (\S+)/gm),
  };
}
