import { z } from 'zod';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { example, idOf, pathId, time } from '../http/schemas';
import type { OpenDate } from './dates';
import { performanceState, presentState, stateExample } from './performance-terms';

const performance = z
  .strictObject({
    id: idOf('perf'),
    concertId: idOf('concert'),
    startsAt: time,
    ...performanceState,
    seatsTotal: z.int().min(0),
    seatsAvailable: z.int().min(0),
  })
  .meta({ id: 'Performance' });

export const listPerformances = route({
  method: 'get',
  path: '/v1/concerts/{concertId}/performances',
  tag: 'Concert',
  summary: 'Dates of a concert, with free seats',
  description:
    'The dates that have not started, in order. A full one is listed too: seats come free again when holds run out. One that was ' +
    'called off is listed with `cancelledAt`, and has no free seats. ' +
    '`PERFORMANCES_NOT_SCHEDULED` while the concert has no dates at all.',
  auth: 'none',
  params: pathId('concertId', 'concert'),
  query: pageQuery.extend({
    status: z.enum(['available']).optional().meta({ description: '`available`: only dates with free seats' }),
  }),
  responses: {
    200: {
      description: 'A page of dates.',
      content: content(pageOf(performance).meta({ id: 'Performances' }), {
        dates: {
          items: [
            {
              id: example.perf,
              concertId: example.concert,
              startsAt: '2026-11-20T10:00:00.000Z',
              ...stateExample,
              seatsTotal: 50,
              seatsAvailable: 37,
            },
          ],
          nextCursor: null,
        },
      }),
    },
  },
  errors: ['CONCERT_NOT_FOUND', 'PERFORMANCES_NOT_SCHEDULED', 'SERVICE_UNAVAILABLE'],
  async handler({ params, query }, { concerts, dates, clock }: ApiContext) {
    const after = decodeCursor(query.cursor, z.tuple([z.int(), z.string()]));
    const all = await dates.get(params.concertId);
    if (!all && !(await concerts.get(params.concertId))) throw new Problem('CONCERT_NOT_FOUND');
    if (!all) throw new Problem('PERFORMANCES_NOT_SCHEDULED');
    const wanted = (date: OpenDate) => query.status === undefined || date.seatsAvailable > 0;
    const open = all.filter(
      (date) => date.startsAt.getTime() > clock.now() && wanted(date) && (!after || isAfter(date, after)),
    );
    return { status: 200, body: toPage(open, query.limit, presentDate, (date) => [date.startsAt.getTime(), date._id]) };
  },
});

function isAfter({ startsAt, _id }: OpenDate, [time, id]: [number, string]): boolean {
  return startsAt.getTime() > time || (startsAt.getTime() === time && _id > id);
}

function presentDate(date: OpenDate) {
  const { _id, concertId, startsAt, seatsTotal, seatsAvailable } = date;
  return { id: _id, concertId, startsAt: startsAt.toISOString(), ...presentState(date), seatsTotal, seatsAvailable };
}
