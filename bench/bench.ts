import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../shared/platform/project-root';
import { freePort } from '../shared/platform/stores/free-port';
import { charges } from './cases/charges';
import { flow, holdChargePay } from './cases/flow';
import { distinctHolds, hotHolds } from './cases/holds';
import { payments } from './cases/payments';
import { jobRead, seatMap } from './cases/reads';
import { growth } from './growth';
import { closedLoop, type Step, warmUpSeconds } from './load/closed-loop';
import { bareTransactions } from './roofs/bare-transactions';
import { type CaseResult, runCase } from './run-case';
import { startNode, startStack, untilAnswers } from './stack/processes';
import { benchSettings, oneByOne } from './stack/settings';
import { type BenchStores, startStores } from './stack/stores';
import { openWorld } from './stack/world';
import { growthTable, type Roofs, table } from './table';

const usage = `npm run bench -- [--seconds 6] [--connections 256] [--workers 1] [--only holds,pay] [--growth]`;
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '6' },
    connections: { type: 'string', default: '256' },
    workers: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    growth: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);

const all = [distinctHolds, hotHolds, charges, payments, holdChargePay, flow, seatMap, jobRead];
const wanted = (name: string) => values.only.split(',').some((word) => name.includes(word));

async function measureVariant(
  stores: BenchStores,
  variant: string,
  extra: Record<string, string>,
  compared: typeof all,
) {
  const prefix = `bench_${variant.replaceAll(' ', '_')}`;
  const uri = stores.mongod.uri.replace('/frontrow?', `/${prefix}?`);
  const settings = { ...benchSettings(uri, stores.redis.uri), QUEUE_PREFIX: prefix, ...extra };
  const stack = await startStack(settings, Number(values.workers));
  const world = await openWorld(settings);
  const results: CaseResult[] = [];
  const configured = variant === 'as configured';
  for (const bench of compared.filter(({ name }) => wanted(name))) {
    console.error(`  ${variant}: ${bench.name}`);
    // Data for more than this is never used; the flow is several requests.
    const expectedPerSecond =
      bench.commands === 0 ? 1 : configured ? 4000 / bench.commands ** 1.5 : 1000 / bench.commands;
    const run = { stack, stores, world, variant, seconds, connections, expectedPerSecond, latency: configured };
    results.push(await runCase(bench, run));
  }
  await stack.stop();
  await world.close();
  return results;
}

async function measureRoofs(stores: BenchStores): Promise<Roofs> {
  const port = await freePort(0);
  const bare = startNode('bare express', 'bench/roofs/bare-express.js', { PORT: String(port) });
  await untilAnswers(port, '/job');
  const body = JSON.stringify({ seatIds: ['perf_01m823dmgx30n280vd21q6vrkq-100'] });
  const ask = async (step: Step) => {
    await closedLoop(port, connections, warmUpSeconds, step);
    return (await closedLoop(port, connections, seconds, step)).perSecond;
  };
  const get = (path: string) => ask((connection) => connection.request('GET', path, {}).then(() => {}));
  const headers = { 'Idempotency-Key': 'k', Prefer: 'wait=10' };
  const command = await ask((connection) => connection.request('POST', '/command', headers, body).then(() => {}));
  const roofs = { command, 'seat map': await get('/seat-map'), job: await get('/job') };
  await bare.stop();
  console.error('  bare transactions');
  const settings = benchSettings(stores.mongod.uri.replace('/frontrow?', '/bench_bare?'), stores.redis.uri);
  const world = await openWorld({ ...settings, QUEUE_PREFIX: 'bench_bare' });
  const transactions = await bareTransactions(world, 30_000);
  await world.close();
  return { ...roofs, transactions };
}

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const stores = await startStores();
  try {
    console.error('  bare express');
    const roofs = await measureRoofs(stores);
    const results = await measureVariant(stores, 'as configured', {}, all);
    results.push(...(await measureVariant(stores, 'one by one', oneByOne, [distinctHolds, charges, holdChargePay])));
    const grown = values.growth ? await growth(stores, seconds) : [];
    console.log(table(roofs, results));
    if (grown.length > 0) console.log(growthTable(grown));
    if (values.only) return;
    const file = join(projectRoot, 'docs', 'bench.json');
    await writeFile(file, `${JSON.stringify({ at: new Date(), roofs, results, grown }, null, 1)}\n`);
    console.log(`Everything measured: ${file}`);
  } finally {
    await stores.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
