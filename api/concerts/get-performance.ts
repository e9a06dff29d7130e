import { z } from 'zod';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, idOf, pathId, time, venueTimeZone } from '../http/schemas';
import { performanceState, presentState, stateExample } from './performance-terms';

const performanceDetails = z
  .strictObject({
    id: idOf('perf'),
    concertId: idOf('concert'),
    concertTitle: z.string(),
    startsAt: time,
    timeZone: venueTimeZone,
    ...performanceState,
    seatsTotal: z.int().min(0),
    seatsAvailable: z.int().min(0),
  })
  .meta({ id: 'PerformanceDetails' });

export const getPerformance = route({
  method: 'get',
  path: '/v1/performances/{performanceId}',
  tag: 'Concert',
  summary: 'One date, with its concert',
  description: 'What a ticket says of it. Also after it has started.',
  auth: 'none',
  params: pathId('performanceId', 'perf'),
  responses: {
    200: {
      description: 'The date.',
      content: content(performanceDetails, {
        date: {
          id: example.perf,
          concertId: example.concert,
          concertTitle: 'The Demo Concert',
          startsAt: '2026-11-20T10:00:00.000Z',
          timeZone: 'Asia/Seoul',
          ...stateExample,
          seatsTotal: 50,
          seatsAvailable: 37,
        },
      }),
    },
  },
  errors: ['PERFORMANCE_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params }, { models, concerts, dates, config }: ApiContext) {
    const found = await models.performances.findById(params.performanceId).lean<PerformanceDoc>();
    if (!found) throw new Problem('PERFORMANCE_NOT_FOUND');
    const { _id: id, concertId, startsAt, seatsTotal } = found;
    const [concert, all] = await Promise.all([concerts.get(concertId), dates.get(concertId)]);
    const seatsAvailable = all?.find((date) => date._id === id)?.seatsAvailable ?? 0;
    const about = { concertTitle: concert?.title ?? '', timeZone: concert?.timeZone ?? config.TIME_ZONE };
    return {
      status: 200,
      body: {
        ...{ id, concertId, ...about, startsAt: startsAt.toISOString(), ...presentState(found) },
        ...{ seatsTotal, seatsAvailable },
      },
    };
  },
});
