import { type Context, openContext } from '../../shared/context';
import { loadConfig } from '../../shared/platform/config';
import { migrated } from '../helpers/migrated';
import { environment } from '../helpers/processes';
import { testConfig } from '../helpers/test-config';

const sixteen = testConfig({ RESERVATION_LANES: '16', WALLET_LANES: '16' });
const eight = loadConfig(environment(sixteen, { RESERVATION_LANES: '8', WALLET_LANES: '8' }));
const open: Context[] = [];
beforeAll(() => migrated(sixteen));
afterEach(async () => {
  for (const context of open.splice(0)) await context.lifecycle.close();
});

async function start(config: typeof sixteen, name: string): Promise<Context> {
  const context = await openContext(config, name);
  open.push(context);
  return context;
}

const refusal =
  /RESERVATION_LANES=8 and WALLET_LANES=8 here, but 16 and 16 in a process \(api on [^)]+\) that is running\. .*stop all of them/;

test('whoever comes second with another number of lanes is refused, and says what is wrong', async () => {
  await start(sixteen, 'api');
  await start(sixteen, 'workers');
  await expect(start(eight, 'workers')).rejects.toThrow(refusal);
  // It has left nothing behind that would keep others from starting.
  await start(sixteen, 'workers');
}, 30_000);

test('of two that start at once one stays', async () => {
  const started = await Promise.allSettled([start(sixteen, 'api'), start(eight, 'api')]);
  expect(started.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
}, 30_000);

test('once all have ended the number may be another, also after one that ended without a word', async () => {
  await start(sixteen, 'api');
  await open.pop()?.lifecycle.close();
  const second = await start(eight, 'api');
  const dead = { _id: 'process_dead', name: 'workers', host: 'h', RESERVATION_LANES: 16, WALLET_LANES: 16 };
  await second.connection.db
    ?.collection('processes')
    .insertOne({ ...dead, startedAt: new Date(0), seenAt: new Date() } as never);
  // As long as it may be alive; then it counts as gone.
  const began = performance.now();
  await start(eight, 'workers');
  expect(performance.now() - began).toBeGreaterThan(3000);
  await second.connection.dropDatabase();
}, 30_000);
