import type { Context } from '../../../shared/context';
import { native } from '../../../shared/models';

/** How many live leases each worker has. */
async function readShares({ models }: Context): Promise<number[]> {
  const owned = await native(models, 'lanes')
    .aggregate<{ count: number }>([
      { $match: { owner: { $ne: null }, $expr: { $gt: ['$leaseUntil', '$$NOW'] } } },
      { $group: { _id: '$owner', count: { $sum: 1 } } },
      { $sort: { count: 1 } },
    ])
    .toArray();
  return owned.map(({ count }) => count);
}

/** Milliseconds until the shares are as wanted. @throws after half a minute */
export async function untilShares(context: Context, wanted: readonly number[]): Promise<number> {
  const begun = performance.now();
  while ((await readShares(context)).join() !== wanted.join()) {
    if (performance.now() - begun > 30_000) throw new Error(`never shared as ${wanted}: ${await readShares(context)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - begun;
}
