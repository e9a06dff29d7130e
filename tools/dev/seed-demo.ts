import { createConcert, layOutSeats, openPerformance } from '../../api/concerts/set-up';
import { type ConcertDoc, defaultRoom } from '../../shared/concerts/concert.model';
import type { SeatingPlanDoc, Section } from '../../shared/concerts/seating-plan.model';
import type { Context } from '../../shared/context';
import { demoHallDate } from './demo-hall';

/** 50 numbered seats; the front row costs most. */
const sections: Section[] = [{ name: 'A', seatsPerRow: 10, rowPrices: [1500, 1200, 1000, 800, 500] }];

export const demoConcertId = 'concert_demo';

const concerts = [
  { _id: demoConcertId, title: 'The Demo Concert' },
  // Nothing to buy yet: its dates answer PERFORMANCES_NOT_SCHEDULED.
  { _id: 'concert_soon', title: 'The Concert to Come' },
  { _id: 'concert_hall', title: 'An Evening in the Hall' },
];
/** In a hall with a seating plan. */
const hallDate = { _id: 'perf_hall_1', concertId: 'concert_hall', startsAt: new Date('2030-06-23T10:00:00.000Z') };

/** At seven in Seoul. Fixed, so that a second start asks for the same performances; far off, so that they stay on sale. */
const dates = [
  { _id: 'perf_demo_1', startsAt: new Date('2030-06-21T10:00:00.000Z') },
  { _id: 'perf_demo_2', startsAt: new Date('2030-06-22T10:00:00.000Z') },
];

/**
 * The demo data of a first start: a concert without limits, so that queue tokens are active at once, two dates of 50
 * seats each, a concert without dates, and one in a hall with a seating plan. Safe to repeat and from several processes; leaves what is there as it is,
 * an admin's changes included.
 */
export async function seedDemo(context: Pick<Context, 'models' | 'connection' | 'clock'>): Promise<void> {
  const { models, clock } = context;
  for (const concert of concerts) await seedConcert(models, { ...bare, ...concert, createdAt: new Date(clock.now()) });
  for (const date of dates) {
    const plan: SeatingPlanDoc = { ...date, concertId: demoConcertId, sections };
    if (await models.performances.exists({ _id: plan._id })) continue;
    await layOutSeats(models, plan);
    await openPerformance(models, plan);
  }
  if (await models.performances.exists({ _id: hallDate._id })) return;
  const plan = await demoHallDate(context, hallDate);
  await layOutSeats(models, plan);
  await openPerformance(models, plan);
}

const bare = { opensAt: null, timeZone: 'Asia/Seoul', entryUrl: null, room: defaultRoom };

async function seedConcert(models: Context['models'], concert: ConcertDoc): Promise<void> {
  if (!(await models.concerts.exists({ _id: concert._id }))) await createConcert(models, concert);
}
