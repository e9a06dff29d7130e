import { bindModels } from '../../../shared/models';
import { openMongo } from '../../../shared/platform/mongo';
import { markdownTable } from '../../markdown';
import { percentile } from '../../percentile';
import { databaseUri, type Stores } from '../../stack/stores';
import { command } from '../cases/case';
import { openConnection } from '../load/connection';
import { benchSettings, startMeasured } from '../settings';
import { openProduct } from '../targets/product';
import type { Visitor } from '../targets/target';

const charges = 60;
const holds = 40;
const holdSeconds = 3;
/** For the end of a hold. */
const longestMs = 60_000;

/** What comes after the commit, with Redis and without it: outcomes that somebody waits for, and ends of holds. */
export async function measureMessages(stores: Stores): Promise<string> {
  const uri = databaseUri(stores.mongod.uri, 'bench_messages');
  const settings = { ...benchSettings(uri, stores.redis.uri), QUEUE_PREFIX: 'messages' };
  const product = await startMeasured({ ...settings, HOLD_SECONDS: String(holdSeconds) });
  const target = await openProduct(product.api.port);
  const connection = await openConnection(target.port);
  const mongo = await openMongo(uri, 'bench');
  const models = bindModels(mongo);
  const buyers = await target.visitors(2 * holds, { join: true });
  const [hall] = await target.halls(1, 2 * holds);
  const rows: string[][] = [];
  for (const [redis, from] of [
    ['up', 0],
    ['away', holds],
  ] as const) {
    const placed: string[] = [];
    // Whoever holds seats passes the waiting room, which is in Redis: these are placed before it goes.
    for (const [i, buyer] of buyers.slice(from, from + holds).entries()) {
      const body = JSON.stringify({ seatIds: [hall?.seatIds[from + i]] });
      const { body: job } = await command(
        connection,
        `/v1/performances/${hall?.performanceId}/holds`,
        buyer,
        true,
        body,
      );
      placed.push(JSON.parse(job).result.holdId);
    }
    if (redis === 'away') await stores.redis.stop();
    const visitors = await target.visitors(charges, { join: false });
    const waits: number[] = [];
    for (const visitor of visitors) waits.push(await timed(() => charge(visitor)));
    const late: number[] = [];
    for (const id of placed) late.push(await lateness(id));
    rows.push([redis, ...[waits, late].flatMap((all) => [ms(all, 0.5), ms(all, 0.99)])]);
  }
  connection.close();
  await mongo.close();
  await product.stop();
  const head = [
    'Redis',
    'A charge until its outcome, p50, ms',
    'p99, ms',
    'A hold ends after its end, p50, ms',
    'p99, ms',
  ];
  return markdownTable(head, rows);

  /** Waits for the end of a hold. @returns how long after its time it came, ms */
  async function lateness(id: string): Promise<number> {
    const deadline = performance.now() + longestMs;
    for (;;) {
      const hold = await models.holds.findById(id).lean();
      if (hold?.endedAt) return hold.endedAt.getTime() - hold.expiresAt.getTime();
      if (performance.now() > deadline) throw new Error(`${id} has not ended`);
    }
  }

  function charge(visitor: Visitor) {
    return command(connection, '/v1/points/charges', visitor, true, '{"amount":1}');
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const ms = (times: readonly number[], share: number) => percentile(times, share).toFixed(share === 0.5 ? 1 : 0);
