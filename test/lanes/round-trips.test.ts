import { isDeepStrictEqual } from 'node:util';
import type { CommandStartedEvent } from 'mongodb';
import { type Context, openContext } from '../../shared/context';
import { startWorkers } from '../../workers/start-workers';
import type { Fan, Job, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { type Collector, openCollector } from '../operations/collector';

// What waits for one another is most of what a lone command costs: each of these is a round trip.

let collector: Collector;
let world: World;
let worker: Context;
let asked: { api: string[]; worker: string[] };

/** Statements about what commands change: not those of leases, rooms and sweeps, which nobody waits for. */
const ofCommands =
  /^(\w+ (seats|holds|wallets|pointEntries|payments|reservations|standbyLines|standbyEntries|fences)|update commands|commitTransaction)$/;

beforeAll(async () => {
  collector = await openCollector();
  // Tracing makes the driver report each statement.
  const quiet = { SWEEP_MS: '60000', LEASE_MS: '60000', RESERVATION_LANES: '1', WALLET_LANES: '1' };
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, ...quiet };
  world = await startWorld({ settings, workers: false });
  worker = await openContext(world.config, 'workers', world.clock);
  const owner = await startWorkers(worker);
  worker.lifecycle.onClose('lanes', owner.stop);
  listen('api', world.context);
  listen('worker', worker);
  await until('all lanes are owned', () => owner.lanes().length === 2);
  // The first batch of a lane reads where its history ends.
  const concert = await world.concert({ seats: 1 });
  await world.hold(await world.fan(concert, { points: 5 }), concert, concert.seatIds);
});
afterAll(async () => {
  await worker?.lifecycle.close();
  await world?.close();
  await collector?.close();
});
beforeEach(() => {
  asked = { api: [], worker: [] };
});

function listen(who: 'api' | 'worker', { connection, reads }: Context): void {
  for (const one of new Set([connection, reads]))
    one.getClient().on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      // Now and then a worker looks for lines to close, beside its batches.
      if (command.find === 'standbyLines' && command.autocommit !== false) return;
      const target = typeof command[commandName] === 'string' ? ` ${command[commandName]}` : '';
      asked?.[who].push(`${commandName}${target}`);
    });
}

/** What the worker asked for until its commit, for one command. */
function committed(): string[] {
  const statements = asked.worker.filter((statement) => ofCommands.test(statement));
  return statements.slice(0, statements.indexOf('commitTransaction') + 1);
}

/** A machine that is busy adds a look here and there, and gathers less: it is not busy each time. */
async function leastOf<T>(measure: () => Promise<T>, expected: T): Promise<void> {
  let last: T | undefined;
  for (let round = 0; round < 10; round += 1) {
    asked = { api: [], worker: [] };
    last = await measure();
    if (isDeepStrictEqual(last, expected)) return;
  }
  expect(last).toEqual(expected);
}

test('a charge: one insert to accept it, its outcome unread, and six round trips of the worker', async () => {
  const charge = ({ token }: TestUser) =>
    world.client.command<Job>('post', '/v1/points/charges', { token, body: { amount: 5 } });
  let user: TestUser;
  const first = async () => {
    user = await world.user();
    asked = { api: [], worker: [] };
    await charge(user);
    return [asked.api.filter((statement) => /commands/.test(statement)), committed()];
  };
  const batch = ['find wallets', 'insert wallets', 'insert pointEntries', 'update commands', 'update fences'];
  await leastOf(first, [['insert commands'], [...batch, 'commitTransaction']]);
  const next = async () => {
    await charge(user);
    return committed().length;
  };
  // Whose wallet it wrote, it remembers.
  await leastOf(next, 5);
});

test('a hold and its payment: seven and nine round trips', async () => {
  let holdId = '';
  let fan: Fan;
  const hold = async () => {
    const concert = await world.concert({ seats: 2 });
    fan = await world.fan(concert, { points: 2000 });
    asked = { api: [], worker: [] };
    ({ holdId } = await world.hold(fan, concert, [concert.seatIds[0] ?? '']));
    return committed();
  };
  const batch = ['find seats', 'find holds', 'update seats', 'insert holds', 'update commands', 'update fences'];
  await leastOf(hold, [...batch, 'commitTransaction']);
  const pay = async () => {
    await hold();
    asked = { api: [], worker: [] };
    const paid = await world.client.command<Job>('post', `/v1/holds/${holdId}/payment`, fan);
    expect(paid.body.status).toBe('done');
    return [asked.api.filter((statement) => /commands|holds/.test(statement)), committed().length];
  };
  // The API gave the hold out itself a moment ago, and knows it.
  await leastOf(pay, [['insert commands'], 9]);
});

test('where nobody is on standby, the first release of a section reads that, and the next ones nothing', async () => {
  const writes = ['update seats', 'update holds', 'update commands', 'update fences', 'commitTransaction'];
  const releases = async () => {
    const concert = await world.concert({ seats: 2 });
    const release = async (seatId = '') => {
      const fan = await world.fan(concert);
      const { holdId } = await world.hold(fan, concert, [seatId]);
      asked = { api: [], worker: [] };
      const { body } = await world.client.command<Job>('delete', `/v1/holds/${holdId}`, fan);
      expect(body.status).toBe('done');
      return committed();
    };
    return [await release(concert.seatIds[0]), await release(concert.seatIds[1])];
  };
  await leastOf(releases, [['find standbyLines', ...writes], writes]);
});
