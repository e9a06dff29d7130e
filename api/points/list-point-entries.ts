import { z } from 'zod';
import { type PointEntryDoc, pointKinds } from '../../shared/points/point-entry.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { example, idOf, points, time } from '../http/schemas';

export const pointEntry = z
  .strictObject({
    seq: z.int().min(1).meta({ description: '1, 2, 3 … without gaps' }),
    kind: z.enum(pointKinds),
    amount: z.int().min(1).meta({ description: 'Always positive; `kind` says the direction' }),
    balanceAfter: points,
    at: time,
    jobId: idOf('job'),
    paymentId: idOf('pay')
      .nullable()
      .meta({ description: 'The payment that used the points, or that a refund comes back from' }),
  })
  .meta({ id: 'PointEntry' });

export const entryExamples = [
  {
    seq: 2,
    kind: 'use',
    amount: 1500,
    balanceAfter: 48_500,
    at: '2026-11-20T19:02:10.000Z',
    jobId: example.job,
    paymentId: example.pay,
  },
  {
    seq: 1,
    kind: 'charge',
    amount: 50_000,
    balanceAfter: 50_000,
    at: '2026-11-20T19:01:00.000Z',
    jobId: 'job_01k9yfx0a1b2c3d4e5f6g7h8j9',
    paymentId: null,
  },
] satisfies z.input<typeof pointEntry>[];

export const listPointEntries = route({
  method: 'get',
  path: '/v1/points/history',
  tag: 'Point',
  summary: 'Your ledger, newest entry first',
  description: 'Every change of the balance. Entries are never changed or removed, and they add up to the balance.',
  auth: 'user',
  query: pageQuery,
  responses: {
    200: {
      description: 'A page of entries.',
      content: content(pageOf(pointEntry).meta({ id: 'PointEntries' }), {
        history: {
          items: entryExamples,
          nextCursor: null,
        },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ user, query }, { models }: ApiContext) {
    const after = decodeCursor(query.cursor, z.tuple([z.int()]));
    const found = await models.pointEntries
      .find({ userId: user.id, ...(after && { seq: { $lt: after[0] } }) })
      .sort({ seq: -1 })
      .limit(query.limit + 1)
      .lean<PointEntryDoc[]>();
    return { status: 200, body: toPage(found, query.limit, presentEntry, ({ seq }) => [seq]) };
  },
});

export function presentEntry({ seq, kind, amount, balanceAfter, at, commandId, paymentId }: PointEntryDoc) {
  return { seq, kind, amount, balanceAfter, at: at.toISOString(), jobId: commandId, paymentId };
}
