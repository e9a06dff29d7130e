import { newCommand } from '../../shared/commands/new-command';
import { type Context, openContext } from '../../shared/context';
import { native } from '../../shared/models';
import { startWorkers } from '../../workers/start-workers';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { wrapModels } from '../model/wrap-models';

let world: World;
let worker: Context;
/** ms by which the clock is set while the next batch reads. */
let step = 0;

beforeAll(async () => {
  world = await startWorld({
    settings: { SWEEP_MS: '100', RESERVATION_LANES: '1', WALLET_LANES: '1' },
    workers: false,
  });
  worker = await openContext(world.config, 'workers', world.clock);
  const models = wrapModels(worker.models, 'fences', (inner) => ({
    async command(statement, options) {
      const answer = await inner.command(statement, options);
      if (statement.aggregate) world.clock.offsetMs += step;
      if (statement.aggregate) step = 0;
      return answer;
    },
  }));
  const owner = await startWorkers({ ...worker, models });
  worker.lifecycle.onClose('lanes', owner.stop);
});
afterAll(async () => {
  await worker?.lifecycle.close();
  await world?.close();
});

test('what comes due because the clock is set while a batch reads is not passed over', async () => {
  const { models, config, newId, clock } = world.context;
  const concert = await world.concert({ seats: 1 });
  const { holdId } = await world.hold(await world.fan(concert), concert, concert.seatIds);
  const { id: userId } = await world.user();
  const request = { kind: 'points.charge', payload: { amount: 1 }, userId, key: newId('key') } as const;
  step = 400_000;
  // Nobody publishes it: the sweep finds it, and a batch reads what is due.
  await native(models, 'commands').insertOne(newCommand(config, newId('job'), request, new Date(clock.now())));
  await until('a batch has read', () => step === 0);
  // Sooner than everything is looked at, however old.
  await until(
    'the hold has ended',
    async () => (await models.holds.findById(holdId).lean())?.status === 'expired',
    15_000,
  );
});
