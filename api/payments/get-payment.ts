import { z } from 'zod';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, idOf, pathId, points, time } from '../http/schemas';

const payment = z
  .strictObject({
    id: idOf('pay'),
    holdId: idOf('hold'),
    reservationId: idOf('res'),
    amount: points,
    paidAt: time,
  })
  .meta({ id: 'Payment' });

export const getPayment = route({
  method: 'get',
  path: '/v1/payments/{paymentId}',
  tag: 'Payment',
  summary: 'One of your payments',
  description: 'Points given for a hold. Payments are never changed.',
  auth: 'user',
  params: pathId('paymentId', 'pay'),
  responses: {
    200: {
      description: 'The payment.',
      content: content(payment, {
        paid: {
          id: example.pay,
          holdId: example.hold,
          reservationId: example.res,
          amount: 3000,
          paidAt: '2026-11-20T19:02:10.000Z',
        },
      }),
    },
  },
  errors: ['PAYMENT_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, { find }: ApiContext) {
    const found = await find.payments(params.paymentId);
    if (found?.userId !== user.id) throw new Problem('PAYMENT_NOT_FOUND');
    const { _id: id, holdId, reservationId, amount, paidAt } = found;
    return { status: 200, body: { id, holdId, reservationId, amount, paidAt: paidAt.toISOString() } };
  },
});
