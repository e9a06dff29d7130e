import { z } from 'zod';
import type { Models } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { invalid } from '../http/parse';
import { route } from '../http/route';
import { example, idOf, pathId, points, time } from '../http/schemas';

const bucketMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const maxBuckets = 2000;
const count = z.int().min(0);

const bucket = z
  .strictObject({
    at: time.meta({ description: 'When it begins' }),
    reservations: count,
    seats: count.meta({ description: 'That were paid for' }),
    amount: points.meta({ description: 'That was paid' }),
    cancelledSeats: count.meta({ description: 'That were given up, whenever they had been paid for' }),
    refunded: points,
  })
  .meta({ id: 'SalesBucket' });

const sales = z
  .strictObject({
    performanceId: idOf('perf'),
    by: z.enum(['minute', 'hour', 'day']),
    items: z.array(bucket).meta({ description: 'Oldest first; those in which nothing happened are left out' }),
  })
  .meta({ id: 'SalesOverTime' });

const itemExample = { reservations: 310, seats: 702, amount: 1_053_000, cancelledSeats: 4, refunded: 5400 };

export const getSalesOverTime = route({
  method: 'get',
  path: '/v1/admin/performances/{performanceId}/sales-over-time',
  tag: 'Admin',
  summary: 'How a date has sold, over time',
  description: `Paid and cancelled seats by the minute, hour or day (of UTC), at most ${maxBuckets} of them.`,
  auth: ['admin', 'operator', 'box-office', 'viewer'],
  params: pathId('performanceId', 'perf'),
  query: z.strictObject({
    by: z.enum(['minute', 'hour', 'day']).default('hour'),
    from: time.optional().meta({ description: 'Included; the first sale by default' }),
    to: time.optional().meta({ description: 'Excluded; now by default' }),
  }),
  responses: {
    200: {
      description: 'The sales.',
      content: content(sales, {
        hour: {
          ...{ performanceId: example.perf, by: 'hour' as const },
          items: [{ at: '2026-11-20T19:00:00.000Z', ...itemExample }],
        },
      }),
    },
  },
  errors: ['PERFORMANCE_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params: { performanceId }, query: { by, from, to } }, { models }: ApiContext) {
    const range = { ...(from && { $gte: new Date(from) }), ...(to && { $lt: new Date(to) }) };
    const [performance, paid, cancelled] = await Promise.all([
      models.performances.exists({ _id: performanceId }),
      paidBy(models, performanceId, bucketMs[by], range),
      cancelledBy(models, performanceId, bucketMs[by], range),
    ]);
    if (!performance) throw new Problem('PERFORMANCE_NOT_FOUND');
    const all = new Map<number, Omit<z.input<typeof bucket>, 'at'>>();
    for (const { _id, ...sums } of [...paid, ...cancelled]) all.set(_id, { ...(all.get(_id) ?? nothing), ...sums });
    if (all.size > maxBuckets)
      throw invalid([{ path: 'query.by', message: `More than ${maxBuckets}: ask for larger ones, or for less time` }]);
    const starts = [...all.keys()].sort((a, b) => a - b);
    const items = starts.map((start) => ({
      at: new Date(start * bucketMs[by]).toISOString(),
      ...nothing,
      ...all.get(start),
    }));
    return { status: 200, body: { performanceId, by, items } };
  },
});

const nothing = { reservations: 0, seats: 0, amount: 0, cancelledSeats: 0, refunded: 0 };

/** Which bucket a time lies in, counted from 1970. */
const bucketOf = (field: string, ms: number) => ({ $floor: { $divide: [{ $toLong: field }, ms] } });
const during = (field: string, range: object) =>
  Object.keys(range).length > 0 ? [{ $match: { [field]: range } }] : [];

function paidBy(models: Models, performanceId: string, ms: number, range: object) {
  const seats = { $add: [{ $size: '$seatIds' }, { $size: { $ifNull: ['$cancelled', []] } }] };
  return models.reservations.aggregate<{ _id: number; reservations: number; seats: number; amount: number }>([
    { $match: { performanceId } },
    ...during('reservedAt', range),
    {
      $group: {
        _id: bucketOf('$reservedAt', ms),
        ...{ reservations: { $sum: 1 }, seats: { $sum: seats }, amount: { $sum: '$amount' } },
      },
    },
    { $limit: maxBuckets + 1 },
  ]);
}

function cancelledBy(models: Models, performanceId: string, ms: number, range: object) {
  return models.reservations.aggregate<{ _id: number; cancelledSeats: number; refunded: number }>([
    { $match: { performanceId, cancelled: { $exists: true } } },
    { $unwind: '$cancelled' },
    ...during('cancelled.at', range),
    {
      $group: {
        _id: bucketOf('$cancelled.at', ms),
        ...{ cancelledSeats: { $sum: 1 }, refunded: { $sum: '$cancelled.refunded' } },
      },
    },
    { $limit: maxBuckets + 1 },
  ]);
}
