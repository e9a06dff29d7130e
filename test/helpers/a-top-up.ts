import type { TopUpDoc } from '../../shared/top-ups/top-up.model';
import type { World } from './world';

/** A pending top-up that no provider knows. @returns its id */
export async function aTopUp({ context }: World, userId: string, changes: Partial<TopUpDoc> = {}): Promise<string> {
  const _id = context.newId('topup');
  const now = context.clock.now();
  await context.models.topUps.create({
    ...{ _id, userId, key: _id, amount: 500, price: 500, currency: 'usd', returnUrl: 'http://pages.test/points' },
    ...{ status: 'pending', takenBack: { refunded: 0, disputed: 0 }, reversed: 0, polls: 0 },
    ...{ createdAt: new Date(now), expiresAt: new Date(now + 1_800_000) },
    ...changes,
  });
  return _id;
}
