import { createConcert, layOutSeats, openPerformance } from '../../../api/concerts/set-up';
import { defaultRoom } from '../../../shared/concerts/concert.model';
import type { Section } from '../../../shared/concerts/seating-plan.model';
import type { Fan, TestConcert } from '../../helpers/builders';
import type { World } from '../../helpers/world';

/** What is on: concerts for the pictures, with people in them. */
export interface Programme {
  /** A small hall with some seats held and sold. */
  lanterns: TestConcert;
  /** A big one of nine sections. */
  arena: TestConcert;
  /** One person in at a time, and a line. */
  queued: TestConcert;
  /** Somebody inside, and those who come next: each who leaves lets the next one in. */
  ahead: Fan[];
  /** Opens tomorrow. */
  later: TestConcert;
}

const day = 24 * 60 * 60 * 1000;

export async function setProgramme(world: World): Promise<Programme> {
  const { models, clock } = world.context;
  const startsAt = new Date(Date.UTC(2027, 4, 21, 10, 30));
  async function concert(
    id: string,
    title: string,
    sections: Section[],
    dates: number,
    room = {},
  ): Promise<TestConcert> {
    const bare = { opensAt: null, timeZone: 'Asia/Seoul', entryUrl: null, createdAt: new Date(clock.now()) };
    await createConcert(models, { _id: id, title, room: { ...defaultRoom, ...room }, ...bare });
    const performances = [];
    for (let i = 0; i < dates; i += 1) {
      const plan = { _id: `${id}_${i + 1}`, concertId: id, startsAt: new Date(startsAt.getTime() + i * day), sections };
      await layOutSeats(models, plan);
      await openPerformance(models, plan);
      const seats = await models.seats.find({ performanceId: plan._id }).sort({ _id: 1 }).lean();
      performances.push({ id: plan._id, seatIds: seats.map(({ _id }) => _id) });
    }
    const [first = { id: '', seatIds: [] }] = performances;
    return { concertId: id, performances, performanceId: first.id, seatIds: first.seatIds };
  }

  const small: Section[] = [{ name: 'A', seatsPerRow: 10, rowPrices: [1500, 1200, 1000, 800, 500] }];
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'];
  const big = names.map((name, i): Section => {
    const price = [9000, 12_000, 9000, 6000, 8000, 6000, 3000, 4000, 3000][i] ?? 3000;
    return { name, seatsPerRow: 14, rowPrices: Array.from({ length: 9 }, () => price) };
  });
  const lanterns = await concert('lanterns', 'Night of a Thousand Lanterns', small, 3);
  const arena = await concert('arena', 'The Paper Boats: Farewell Tour', big, 2);
  const queued = await concert('quartet', 'Han River Quartet', small, 2, { maxActive: 1, graceSeconds: 3600 });
  const later = await concert('comet', 'Comet Season', small, 1);
  await models.concerts.updateOne({ _id: later.concertId }, { opensAt: new Date(clock.now() + 19 * 60 * 60 * 1000) });
  await fill(world, lanterns, 0.35);
  await fill(world, arena, 0.55);
  const ahead: Fan[] = [];
  for (let i = 0; i < 42; i += 1) ahead.push(await world.fan(queued));
  return { lanterns, arena, queued, ahead, later };
}

/** Held and sold as after a busy hour: towards the middle and the front, always the same ones. */
async function fill({ context: { models } }: World, { seatIds }: TestConcert, part: number): Promise<void> {
  let chance = 7;
  const taken = seatIds.filter(() => {
    chance = (chance * 1103515245 + 12345) % 2147483648;
    return chance / 2147483648 < part;
  });
  const held = taken.filter((_, i) => i % 5 === 0);
  await models.seats.updateMany({ _id: { $in: taken } }, { status: 'sold' });
  await models.seats.updateMany({ _id: { $in: held } }, { status: 'held' });
}
