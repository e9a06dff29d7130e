import { z } from 'zod';
import type { CallOffDoc } from '../../shared/concerts/call-off.model';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import { outdateBatches } from '../../shared/lanes/outdate-batches';
import { type Models, native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, idOf, pathId, time } from '../http/schemas';
import type { User } from '../http/user';
import { approval, askSecondPerson, presentApproval, waitingApproval } from './approvals';
import { audited } from './audited';
import type { Confirmed } from './confirmed';

const count = z.int().min(0);
const callOff = z
  .strictObject({
    performanceId: idOf('perf'),
    reason: z.string(),
    cancelledAt: time,
    seats: count.meta({ description: 'Held or sold when it was called off' }),
    seatsLeft: count.meta({ description: 'Of those, still to be given back' }),
    finishedAt: time.nullable(),
  })
  .meta({ id: 'CallOff' });

const underWay = {
  ...{ performanceId: example.perf, reason: 'The singer is ill', cancelledAt: '2026-11-20T12:00:00.000Z' },
  ...{ seats: 41_200, seatsLeft: 18_750, finishedAt: null },
};

const waiting = { ...waitingApproval, action: 'performance.cancel' as const, request: { reason: 'The singer is ill' } };

export const callOffRoles = ['admin'] as const;

const shared = {
  path: '/v1/admin/performances/{performanceId}/cancellation',
  tag: 'Admin',
  params: pathId('performanceId', 'perf'),
  errors: ['PERFORMANCE_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
} as const;

export const callOffPerformance = route({
  ...shared,
  method: 'post',
  auth: callOffRoles,
  summary: 'Call a date off',
  description:
    'From the answer on nothing of it can be held or paid; payments that were accepted before are carried out first. Live holds end, ' +
    'and every reservation is refunded in full, by a command of its own and a little at a time, so that other sales are not slowed ' +
    'down. It is final. The same request again answers how far it is.',
  body: content(z.strictObject({ reason: z.string().trim().min(1).max(500) }).meta({ id: 'CallOffRequest' }), {
    ill: { reason: 'The singer is ill' },
  }),
  responses: {
    202: {
      description:
        'Called off; how far it is. Where `TWO_PEOPLE` is set: waiting for a second person, at `/v1/admin/approvals`.',
      content: content(z.union([callOff, approval]), { underWay, waiting }),
    },
  },
  async handler({ params: { performanceId }, body: { reason }, user }, context: ApiContext) {
    const { models, config } = context;
    if (config.TWO_PEOPLE && !(await isCalledOff(models, performanceId))) {
      const asked = { action: 'performance.cancel', target: performanceId, request: { reason } } as const;
      return { status: 202, body: presentApproval(await askSecondPerson(context, user, asked), context.clock.now()) };
    }
    return { status: 202, body: await presentCallOff(models, await callOffNow(context, user, performanceId, reason)) };
  },
});

/** @throws Problem PERFORMANCE_NOT_FOUND */
export async function callOffNow(
  context: ApiContext,
  user: User,
  performanceId: string,
  reason: string,
  confirmed?: Confirmed,
): Promise<CallOffDoc> {
  const { models } = context;
  const at = new Date(context.clock.now());
  const action = { adminId: user.id, action: 'performance.cancel', target: performanceId, confirmed } as const;
  const stored = await audited<CallOffDoc>(context, action, async (session) => {
    const before = await native(models, 'callOffs').findOne({ _id: performanceId }, { session });
    if (before) return { value: before, details: null };
    const performances = native(models, 'performances');
    const { matchedCount } = await performances.updateOne(
      { _id: performanceId },
      { $set: { cancelledAt: at } },
      { session },
    );
    if (matchedCount === 0) throw new Problem('PERFORMANCE_NOT_FOUND');
    const seats = await native(models, 'seats').countDocuments(taken(performanceId), { session });
    const value = { _id: performanceId, reason, at, seats, finishedAt: null };
    await native(models, 'callOffs').insertOne(value, { session });
    return { value, details: { reason, seats } };
  });
  await outdateBatches(models);
  return stored;
}

/** @throws Problem PERFORMANCE_NOT_FOUND */
async function isCalledOff(models: Models, performanceId: string): Promise<boolean> {
  const performance = await models.performances.findById(performanceId).lean<PerformanceDoc>();
  if (!performance) throw new Problem('PERFORMANCE_NOT_FOUND');
  return Boolean(performance.cancelledAt);
}

export const getCallOff = route({
  ...shared,
  method: 'get',
  auth: ['admin', 'operator', 'box-office', 'viewer'],
  summary: 'How much of a date is given back',
  description: 'Of a date that was called off. Exact: what is left is counted in the seats themselves.',
  responses: { 200: { description: 'How far it is.', content: content(callOff, { underWay }) } },
  async handler({ params }, { models }: ApiContext) {
    const stored = await models.callOffs.findById(params.performanceId).lean<CallOffDoc>();
    if (!stored) throw new Problem('PERFORMANCE_NOT_FOUND', { detail: 'No such performance was called off.' });
    return { status: 200, body: await presentCallOff(models, stored) };
  },
});

const taken = (performanceId: string) => ({ performanceId, status: { $in: ['held' as const, 'sold' as const] } });

async function presentCallOff(models: Models, { _id: performanceId, reason, at, seats, finishedAt }: CallOffDoc) {
  const seatsLeft = await models.seats.countDocuments(taken(performanceId)).readConcern('snapshot');
  return {
    ...{ performanceId, reason, cancelledAt: at.toISOString(), seats, seatsLeft },
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
