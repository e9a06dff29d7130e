import { z } from 'zod';
import type { ConcertDoc } from '../../shared/concerts/concert.model';
import { type SeatStatus, seatStatuses } from '../../shared/concerts/seat.model';
import type { Models } from '../../shared/models';
import type { ApiContext } from '../context';
import { example, idOf, time, venueTimeZone } from '../http/schemas';

const count = z.int().min(0);
const seatCounts = Object.fromEntries(seatStatuses.map((status) => [status, count])) as Record<
  SeatStatus,
  typeof count
>;

const performanceSales = z
  .strictObject({ id: idOf('perf'), startsAt: time, cancelledAt: time.nullable(), seatsTotal: count, ...seatCounts })
  .meta({ id: 'PerformanceSales' });

/** The sales of a concert: the seats of each of its dates by status. */
export const concertSales = z
  .strictObject({
    id: idOf('concert'),
    title: z.string(),
    opensAt: time.nullable(),
    timeZone: venueTimeZone,
    performances: z.array(performanceSales).meta({ description: 'In the order of their dates' }),
  })
  .meta({ id: 'ConcertSales' });

export const salesExample = {
  id: example.concert,
  title: 'The Demo Concert',
  opensAt: null,
  timeZone: 'Asia/Seoul',
  performances: [
    {
      id: example.perf,
      startsAt: '2026-12-24T10:00:00.000Z',
      cancelledAt: null,
      ...{ seatsTotal: 5000, available: 3000, held: 480, sold: 1400, blocked: 120 },
    },
  ],
};

type SalesContext = Pick<ApiContext, 'models' | 'config'>;
type Counts = Record<SeatStatus, number>;

/** The dates of these concerts, and their seats counted by an index alone: its cost is that of their seats. */
export async function readSales({ models, config }: SalesContext, concerts: readonly ConcertDoc[]) {
  const performances = await models.performances
    .find({ concertId: { $in: concerts.map(({ _id }) => _id) } })
    .sort({ concertId: 1, startsAt: 1, _id: 1 })
    .lean();
  const counts = await countByStatus(
    models,
    performances.map(({ _id }) => _id),
  );
  return concerts.map(({ _id: id, title, opensAt, timeZone }) => ({
    ...{ id, title, opensAt: opensAt?.toISOString() ?? null, timeZone: timeZone ?? config.TIME_ZONE },
    performances: performances
      .filter(({ concertId }) => concertId === id)
      .map(({ _id, startsAt, cancelledAt, seatsTotal }) => {
        const { available, held, sold, blocked } = counts.get(_id) ?? noSeats;
        const times = { startsAt: startsAt.toISOString(), cancelledAt: cancelledAt?.toISOString() ?? null };
        return { id: _id, ...times, seatsTotal, available, held, sold, blocked };
      }),
  }));
}

const noSeats: Counts = { available: 0, held: 0, sold: 0, blocked: 0 };

async function countByStatus(models: Models, performanceIds: string[]): Promise<Map<string, Counts>> {
  const found = await models.seats
    .aggregate<{ _id: { performanceId: string; status: SeatStatus }; seats: number }>([
      { $match: { performanceId: { $in: performanceIds } } },
      { $group: { _id: { performanceId: '$performanceId', status: '$status' }, seats: { $sum: 1 } } },
    ])
    .readConcern('snapshot');
  const counts = new Map<string, Counts>();
  for (const { _id, seats } of found)
    counts.set(_id.performanceId, { ...(counts.get(_id.performanceId) ?? noSeats), [_id.status]: seats });
  return counts;
}
