import { z } from 'zod';
import { commandRoute } from '../commands/command-route';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { example, idOf, pathId, points } from '../http/schemas';

const result = z.strictObject({
  paymentId: idOf('pay'),
  reservationId: idOf('res'),
  amount: points,
  balance: points.meta({ description: 'What is left in the wallet' }),
});

export const payHoldRoute = commandRoute({
  kind: 'payment.pay',
  method: 'post',
  path: '/v1/holds/{holdId}/payment',
  tag: 'Payment',
  summary: 'Pay a hold with points',
  description:
    'Turns the hold into a reservation and ends your queue token; needs none. The price is the one of the hold; there is no body. ' +
    'With too few points the hold lives on until its end: charge, then pay again with a new key. ' +
    'A payment accepted before the end of the hold is honoured.',
  params: pathId('holdId', 'hold'),
  result: content(result, {
    paid: { paymentId: example.pay, reservationId: example.res, amount: 3000, balance: 47_000 },
  }),
  refusals: [
    'SEAT_LIMIT_EXCEEDED',
    'POINTS_INSUFFICIENT',
    'WALLET_IN_DEBT',
    'HOLD_EXPIRED',
    'HOLD_RELEASED',
    'HOLD_ALREADY_PAID',
    'PERFORMANCE_CANCELLED',
  ],
  errors: ['HOLD_NOT_FOUND'],
  async prepare({ params, user }, { knownHolds }: ApiContext) {
    const { performanceId, seatIds } = await knownHolds.get(params.holdId, user.id);
    return { payload: { holdId: params.holdId, performanceId, seatIds }, gate: null };
  },
});
