import { createLayouts } from '../../api/concerts/layouts';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

test('a hall is read once, however many seats are asked for that it has not', async () => {
  const { performanceId, seatIds } = await world.concert();
  const layouts = createLayouts(world.context.models, world.clock);
  const first = await layouts.get(performanceId, seatIds);
  world.clock.offsetMs += 60_000;
  expect(await layouts.get(performanceId, ['made up', ...seatIds])).toBe(first);
  const other = await world.concert();
  expect(await layouts.get(performanceId, other.seatIds.slice(0, 1))).toBe(first);
});

test('a seat that was set up since is found', async () => {
  const { performanceId, seatIds } = await world.concert();
  const { models } = world.context;
  const layouts = createLayouts(models, world.clock);
  await layouts.get(performanceId, seatIds);
  const _id = `${performanceId}-A-9999`;
  await models.seats.create({ _id, performanceId, section: 'A', row: 'Z', number: 9999, price: 5 });
  const layout = await layouts.get(performanceId, [_id, 'made up']);
  expect(layout?.seats.get(_id)).toEqual({ section: 'A', price: 5 });
});
