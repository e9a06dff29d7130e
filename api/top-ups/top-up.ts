import { z } from 'zod';
import { type TopUpDoc, topUpStatuses } from '../../shared/top-ups/top-up.model';
import { example, idOf, points, time } from '../http/schemas';

/** A top-up as its user sees it. */
export const topUp = z
  .strictObject({
    id: idOf('topup'),
    status: z.enum(topUpStatuses).meta({
      description:
        '`pending` until the provider says more, `paid` until the points came, then `settled`. `held`: paid otherwise than ' +
        'asked, an operator decides. `failed` and `expired`: nothing was paid',
    }),
    amount: z.int().min(1).meta({ description: 'Whole points', example: 5000 }),
    price: z.int().min(1).meta({ description: "In the currency's smallest unit", example: 5000 }),
    currency: z.string().meta({ example: 'usd' }),
    url: z
      .string()
      .nullable()
      .meta({ description: "The provider's page to pay at; null once there is nothing to pay" }),
    createdAt: time,
    expiresAt: time.meta({ description: 'When the page closes' }),
    paidAt: time.nullable(),
    reversed: points.meta({ description: 'Points taken back, since the money was' }),
    jobId: z.string().nullable().meta({ description: 'The charge that it became' }),
  })
  .meta({ id: 'TopUp' });

export const pendingExample = {
  id: example.topup,
  status: 'pending' as const,
  amount: 5000,
  price: 5000,
  currency: 'usd',
  url: 'https://checkout.stripe.com/c/pay/cs_test_a1b2c3',
  createdAt: '2026-11-20T19:00:00.000Z',
  expiresAt: '2026-11-20T19:30:00.000Z',
  paidAt: null,
  reversed: 0,
  jobId: null,
};

export function presentTopUp({ _id, status, amount, price, currency, url, ...doc }: TopUpDoc) {
  const { createdAt, expiresAt, paidAt, reversed, chargeId } = doc;
  return {
    ...{ id: _id, status, amount, price, currency, url },
    ...{ createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() },
    ...{ paidAt: paidAt?.toISOString() ?? null, reversed, jobId: chargeId },
  };
}
