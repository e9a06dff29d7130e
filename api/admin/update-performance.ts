import { z } from 'zod';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import { outdateBatches } from '../../shared/lanes/outdate-batches';
import { cancellationFee, refundUntil } from '../concerts/performance-terms';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { invalid } from '../http/parse';
import { route } from '../http/route';
import { pathId, time } from '../http/schemas';
import { adminPerformance, performanceExample, presentAdminPerformance } from './admin-performance';
import { changePerformance } from './change-performance';

const body = z
  .strictObject({ startsAt: time, refundUntil, cancellationFee })
  .partial()
  .meta({ id: 'PerformanceChanges' });

export const updatePerformance = route({
  method: 'patch',
  path: '/v1/admin/performances/{performanceId}',
  tag: 'Admin',
  summary: 'Move a date, or change its terms',
  description:
    'Fields that are left out stay as they are. Whoever has seats keeps them, and may give them back until the new `refundUntil`. From ' +
    'the answer on, every process goes by it: what is held, paid or cancelled is decided on the date as it is now. The same request ' +
    'again changes nothing.',
  auth: ['admin'],
  params: pathId('performanceId', 'perf'),
  body: content(body, {
    moved: { startsAt: '2027-01-15T19:00:00.000Z', refundUntil: '2027-01-08T19:00:00.000Z' },
  }),
  responses: {
    200: { description: 'The date now.', content: content(adminPerformance, { performance: performanceExample }) },
  },
  errors: ['PERFORMANCE_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, body: asked, user }, context: ApiContext) {
    const now = new Date(context.clock.now());
    const performance = await changePerformance(context, user, 'performance.update', params.performanceId, (before) => {
      const startsAt = asked.startsAt === undefined ? before.startsAt : new Date(asked.startsAt);
      const isMoved = startsAt.getTime() !== before.startsAt.getTime();
      if (isMoved && startsAt <= now) throw invalid([{ path: 'body.startsAt', message: 'Must be in the future' }]);
      return { ...(isMoved && { startsAt, moved: { from: before.startsAt, at: now } }), ...termsOf(asked) };
    });
    await outdateBatches(context.models);
    return { status: 200, body: presentAdminPerformance(performance) };
  },
});

function termsOf(asked: z.output<typeof body>): Partial<PerformanceDoc> {
  const until = asked.refundUntil;
  return {
    ...(until !== undefined && { refundUntil: until === null ? null : new Date(until) }),
    ...(asked.cancellationFee !== undefined && { cancellationFee: asked.cancellationFee }),
  };
}
