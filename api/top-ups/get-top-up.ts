import { Problem } from '../../shared/platform/errors';
import { afterCharge } from '../../shared/top-ups/charge-outcome';
import type { TopUpDoc } from '../../shared/top-ups/top-up.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { pendingExample, presentTopUp, topUp } from './top-up';

export const getTopUp = route({
  method: 'get',
  path: '/v1/points/top-ups/{topUpId}',
  tag: 'Point',
  summary: 'One of your top-ups',
  description: 'How far the purchase is. What the provider has not said is asked for by itself, more and more seldom.',
  auth: 'user',
  params: pathId('topUpId', 'topup'),
  responses: { 200: { description: 'The top-up.', content: content(topUp, { pending: pendingExample }) } },
  errors: ['TOP_UP_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, { models, find }: ApiContext) {
    const found = await models.topUps.findById(params.topUpId).lean<TopUpDoc>();
    if (found?.userId !== user.id) throw new Problem('TOP_UP_NOT_FOUND');
    // The command is final a moment before the top-up says so.
    const after = found.status === 'paid' ? afterCharge(await find.commands(found.chargeId ?? '')) : null;
    return { status: 200, body: presentTopUp({ ...found, ...after }) };
  },
});
