import { readSeats } from '../../api/concerts/read-seats';
import { createSeatMapCache } from '../../api/concerts/seat-map-cache';
import { createClock } from '../../shared/platform/clock';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

test('a map read again, of a hall that is known, is as one that is read anew', async () => {
  const { models } = world.context;
  const { performanceId, seatIds } = await world.concert({ seats: 12, sections: ['A', 'B "left"'] });
  const maps = createSeatMapCache(models, createClock(), 0);
  const texts: string[] = [];
  const step = async () => {
    const map = await maps.get(performanceId);
    const text = String(map?.bytes);
    expect(JSON.parse(text)).toEqual({ performanceId, seats: await readSeats(models, performanceId) });
    expect(text).toBe(JSON.stringify(JSON.parse(text)));
    texts.push(text);
  };
  await step();
  await step();
  await models.seats.updateMany({ _id: { $in: seatIds.slice(3, 7) } }, { status: 'held', holdId: 'hold_1' });
  await models.seats.updateOne({ _id: seatIds[20] }, { status: 'sold', holdId: 'hold_2' });
  await step();
  // Set up since.
  await models.seats.create({ ...(await models.seats.findById(seatIds[0]).lean()), _id: 'new', number: 99 });
  await step();
  await models.seats.deleteOne({ _id: seatIds[1] });
  await models.seats.create({ ...(await models.seats.findById(seatIds[0]).lean()), _id: 'other', number: 100 });
  await step();
  expect(texts[1]).toBe(texts[0]);
  expect(new Set(texts).size).toBe(4);
  expect(await maps.get('nothing')).toBeNull();
});
