import { z } from 'zod';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import { layOutSeats, openPerformance, performanceOf } from '../concerts/set-up';
import type { ApiContext } from '../context';
import { content } from '../http/content';
import { invalid } from '../http/parse';
import { route } from '../http/route';
import { example, idOf, pathId, time } from '../http/schemas';
import { audited } from './audited';
import { mostSeats, newPerformance, planOf } from './new-performance';

const performance = z
  .strictObject({ id: idOf('perf'), concertId: idOf('concert'), startsAt: time, seatsTotal: z.int().min(1) })
  .meta({ id: 'AdminPerformance' });

export const createPerformance = route({
  method: 'post',
  path: '/v1/admin/concerts/{concertId}/performances',
  tag: 'Admin',
  summary: 'Create a date with all of its seats',
  description:
    `At most ${mostSeats} seats. They are numbered through each section, from 1: \`<id>-<section>-<number>\`. The date goes ` +
    'on sale once all of them are there. The same request again gives the same answer, and completes what was ' +
    'interrupted; `ALREADY_EXISTS` if the id belongs to a performance that differs.',
  auth: 'admin',
  params: pathId('concertId', 'concert'),
  body: content(newPerformance, {
    hall: {
      id: example.perf,
      startsAt: '2026-12-24T19:00:00.000Z',
      sections: [
        { name: 'A', rows: 2, seatsPerRow: 10, price: [1500, 1200] },
        { name: 'B', rows: 3, seatsPerRow: 10, price: 800 },
      ],
    },
  }),
  responses: {
    201: {
      description: 'The performance, on sale.',
      content: content(performance, {
        made: { id: example.perf, concertId: example.concert, startsAt: '2026-12-24T19:00:00.000Z', seatsTotal: 50 },
      }),
    },
  },
  errors: ['CONCERT_NOT_FOUND', 'ALREADY_EXISTS', 'SERVICE_UNAVAILABLE'],
  async handler({ params, body, user }, context) {
    const plan = planOf(params.concertId, body);
    if (plan.startsAt.getTime() <= context.clock.now()) await demandThere(context, plan._id);
    const open = await layOutSeats(context.models, plan);
    if (!open) {
      const action = { adminId: user.id, action: 'performance.create', target: plan._id } as const;
      await audited(context, action, async (session) => {
        const created = await openPerformance(context.models, plan, session);
        return { value: created, details: created ? { concertId: plan.concertId, ...body } : null };
      });
    }
    return { status: 201, body: presentPerformance(open ?? performanceOf(plan)) };
  },
});

/** What is on sale already is answered again; nothing new begins in the past. @throws Problem VALIDATION_FAILED */
async function demandThere({ models }: ApiContext, performanceId: string): Promise<void> {
  if (await models.performances.exists({ _id: performanceId })) return;
  throw invalid([{ path: 'body.startsAt', message: 'Must be in the future' }]);
}

function presentPerformance({ _id, concertId, startsAt, seatsTotal }: PerformanceDoc) {
  return { id: _id, concertId, startsAt: startsAt.toISOString(), seatsTotal };
}
