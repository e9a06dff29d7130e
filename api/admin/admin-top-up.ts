import { z } from 'zod';
import type { TopUpDoc } from '../../shared/top-ups/top-up.model';
import { pendingExample, presentTopUp, topUp } from '../top-ups/top-up';

const price = z.int().min(0).meta({ description: "In the currency's smallest unit" });

/** A top-up as operators see it: with its user, what was paid, and why it is held. */
export const adminTopUp = topUp
  .omit({ url: true })
  .extend({
    userId: z.string(),
    reason: z.string().nullable().meta({ description: 'Why it is held, or was not refunded' }),
    paymentId: z.string().nullable().meta({ description: "The provider's" }),
    paid: z.strictObject({ price, currency: z.string() }).nullable(),
    takenBack: z
      .strictObject({ refunded: price, disputed: price })
      .meta({ description: 'Of the price, by the provider' }),
  })
  .meta({ id: 'AdminTopUp' });

const { url: _, ...example } = pendingExample;
export const heldExample = {
  ...example,
  status: 'held' as const,
  paidAt: '2026-11-20T19:01:30.000Z',
  userId: 'user_5a1f0c3b9d7e2846f0a1',
  reason: '4999 usd were paid, 5000 usd were asked',
  paymentId: 'pi_1a2b3c',
  paid: { price: 4999, currency: 'usd' },
  takenBack: { refunded: 0, disputed: 0 },
};

export function presentAdminTopUp(doc: TopUpDoc) {
  const { url: _url, ...shown } = presentTopUp(doc);
  const { userId, reason, paymentId, paid, takenBack } = doc;
  return { ...shown, userId, reason, paymentId, paid, takenBack };
}
