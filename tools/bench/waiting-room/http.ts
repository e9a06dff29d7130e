import { openContext } from '../../../shared/context';
import { loadConfig } from '../../../shared/platform/config';
import { freePort } from '../../stack/free-port';
import { cpuSeconds } from '../../stack/process';
import { databaseUri, openStores } from '../../stack/stores';
import { closedLoop, type Step } from '../load/closed-loop';
import type { Summary } from '../load/summary';
import { benchSettings, startBaseline, startMeasured } from '../settings';
import { openProduct } from '../targets/product';
import type { Visitor } from '../targets/target';
import { closedConcert } from './bench-room';

const connections = 64;
/** As on a busy day, people are in few lines. Each is polled in turn; a round takes longer than they are asked to wait. */
const rooms = 4;
const waitingPerRoom = 10_000;
const unboundedPolls = { ROOM_POLLS_PER_SECOND: '1000000' };

/** Beside what the clients saw: CPU microseconds of the answering process per request, which others can't disturb. */
export type Rate = Summary & { cpu: number };

interface HttpRates {
  baseline: { post: Rate; get: Rate };
  joins: Rate;
  polls: Rate;
}

/** One API process and its stores, beside an Express that does nothing, one after the other on the same machine. */
export async function measureHttp(seconds: number): Promise<HttpRates> {
  const stores = await openStores({ name: 'bench', log: (line) => console.error(line) });
  const uri = databaseUri(stores.mongod.uri, 'bench_waiting_room');
  const settings = { ...benchSettings(uri, stores.redis.uri), ...unboundedPolls };
  const { api, stop } = await startMeasured(settings, 0);
  const context = await openContext(loadConfig(settings), 'bench');
  try {
    const product = await openProduct(api.port);
    const baseline = await measureBaseline(seconds);
    const newcomers = await product.visitors(4000 * (seconds + 2), { join: false });
    const waiting = await product.visitors(rooms * waitingPerRoom, { join: false });
    const ids = Array.from({ length: rooms }, (_, i) => `line_${i}`);
    await context.models.concerts.insertMany(
      [...ids, 'rush'].map((id) => ({ ...closedConcert(id), title: id, createdAt: new Date() })),
    );
    const join = joinStep(newcomers, () => 'rush');
    const joins = await measure(api.port, api.pid, seconds, join);
    await closedLoop(
      api.port,
      connections,
      60,
      joinStep(waiting, (i) => ids[i % rooms] ?? ''),
    );
    const poll = pollStep(waiting, (i) => ids[i % rooms] ?? '');
    const polls = await measure(api.port, api.pid, seconds, poll);
    return { baseline, joins, polls };
  } finally {
    await stop();
    await context.lifecycle.close();
    await stores.close();
  }
}

async function measureBaseline(seconds: number): Promise<HttpRates['baseline']> {
  const port = await freePort(0);
  const express = await startBaseline('bare express', 'tools/bench/baselines/bare-express.js', port, '/job');
  try {
    const ask =
      (method: string, path: string): Step =>
      async (connection) => {
        await connection.request(method, path, {});
      };
    const post = await measure(port, express.pid, seconds, ask('POST', '/command'));
    return { post, get: await measure(port, express.pid, seconds, ask('GET', '/job')) };
  } finally {
    await express.stop();
  }
}

async function measure(port: number, pid: number, seconds: number, step: Step): Promise<Rate> {
  await closedLoop(port, connections, 2, step);
  const before = cpuSeconds(pid);
  const summary = await closedLoop(port, connections, seconds, step);
  return { ...summary, cpu: ((cpuSeconds(pid) - before) * 1e6) / summary.count };
}

/** Each visitor joins once. */
function joinStep(visitors: Visitor[], concertOf: (i: number) => string): Step {
  let next = 0;
  return (connection) => {
    const i = next++;
    const visitor = visitors[i];
    if (!visitor) return null;
    const path = `/v1/concerts/${concertOf(i)}/queue-token`;
    return connection
      .request('POST', path, { Authorization: visitor.headers.Authorization ?? '' })
      .then(({ status, body }) => {
        if (status !== 200) throw new Error(`${status} ${body}`);
      });
  };
}

/** Each visitor in turn, again and again. */
function pollStep(visitors: Visitor[], concertOf: (i: number) => string): Step {
  let next = 0;
  return async (connection) => {
    const i = next++ % visitors.length;
    const path = `/v1/concerts/${concertOf(i)}/queue-token`;
    const headers = { Authorization: visitors[i]?.headers.Authorization ?? '' };
    const { status, body } = await connection.request('GET', path, headers);
    if (status !== 200) throw new Error(`${status} ${body}`);
  };
}
