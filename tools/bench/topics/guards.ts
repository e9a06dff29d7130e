import { openMongo } from '../../../shared/platform/mongo';
import { markdownTable } from '../../markdown';
import { freePort } from '../../stack/free-port';
import { databaseUri, type Stores } from '../../stack/stores';
import { send } from '../cases/case';
import { closedLoop } from '../load/closed-loop';
import { benchSettings, startBaseline, startMeasured } from '../settings';
import { openDirect } from '../targets/direct';
import { openProduct } from '../targets/product';
import type { Target } from '../targets/target';

/** Where the servers without a guard in the product's indexes write their holds. */
const unguarded = 'plainHolds';
const rivals = 32;
const seats = 200;

/** What became of seats that everybody wanted at the same moment. */
interface Raced {
  guard: string;
  /** Requests answered a second. */
  perSecond: number;
  p50: number;
  p99: number;
  /** Answers that were neither a hold nor a refusal. */
  errors: number;
  /** Seats with more than one hold. */
  heldTwice: number;
  /** Seats that nobody got. */
  left: number;
}

/** Each of many seats is asked for by 32 at once, by way of each guard. */
export async function measureGuards({ mongod, redis }: Stores): Promise<string> {
  const raced: Raced[] = [];
  const uriOf = (database: string) => databaseUri(mongod.uri, database);
  for (const [guard, entry, GUARD] of [
    ['none: read, then write', 'tools/bench/topics/guards-server.js', 'none'],
    ['unique index on the seat', 'tools/bench/topics/guards-server.js', 'unique'],
    ['conditional update in a transaction', 'tools/bench/direct/server.js', ''],
  ] as const) {
    const [port, uri] = [await freePort(0), uriOf(`bench_${GUARD || 'conditional'}`)];
    const server = await startBaseline(guard, entry, port, '/readyz', { MONGODB_URI: uri, GUARD });
    const target = await openDirect(port, uri);
    raced.push(await race(guard, target, uri));
    await target.close();
    await server.stop();
  }
  const uri = uriOf('bench_lanes');
  const product = await startMeasured({
    ...benchSettings(uri, redis.uri),
    QUEUE_PREFIX: 'lanes',
    MAX_SEATS_PER_USER: '0',
  });
  raced.push(await race('lanes', await openProduct(product.api.port), uri));
  await product.stop();
  return markdownTable(
    ['Guard', 'Answers/s', 'p50, ms', 'p99, ms', 'Errors', 'Seats held twice', 'Seats nobody got'],
    raced.map(({ guard, perSecond, p50, p99, errors, heldTwice, left }) => {
      return [guard, Math.round(perSecond), p50.toFixed(1), p99.toFixed(1), errors, heldTwice, left].map(String);
    }),
  );
}

async function race(guard: string, target: Target, uri: string): Promise<Raced> {
  const visitors = await target.visitors(seats, { join: true });
  const [hall] = await target.halls(1, seats);
  if (!hall) throw new Error('no hall');
  let asked = 0;
  const { perSecond, p50, p99, errors } = await closedLoop(target.port, rivals, 600, (connection) => {
    const turn = asked++;
    const [seatId, visitor] = [hall.seatIds[Math.floor(turn / rivals)], visitors[turn % visitors.length]];
    if (!seatId || !visitor) return null;
    const body = JSON.stringify({ seatIds: [seatId] });
    const path = `/v1/performances/${hall.performanceId}/holds`;
    return send(connection, path, visitor, true, body).then((answer) => {
      if (!/"status":"done"|SEAT_TAKEN/.test(answer.body)) throw new Error(`${answer.status} ${answer.body}`);
    });
  });
  const connection = await openMongo(uri, 'bench');
  // Those without lanes write holds that no index of the product guards.
  const holds = (await connection.db?.collection(unguarded).countDocuments()) ? unguarded : 'holds';
  const rows = await connection
    .collection(holds)
    .aggregate<{ _id: string; holds: number }>([
      { $match: { performanceId: hall.performanceId } },
      { $unwind: '$seatIds' },
      { $group: { _id: '$seatIds', holds: { $sum: 1 } } },
    ])
    .toArray();
  await connection.close();
  const heldTwice = rows.filter(({ holds }) => holds > 1).length;
  return { guard, perSecond, p50, p99, errors, heldTwice, left: seats - rows.length };
}
