import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Collection, Db } from 'mongodb';
import type { MigrationLease } from '../../../shared/schema/schema';

/** The right to run migrations, on the database's clock; renewed until it is given back. */
export interface HeldLease {
  /** @throws when somebody else has it now */
  check(): Promise<void>;
  release(): Promise<void>;
}

const pollMs = 500;
const _id = 'lease';
const fromNow = (ms: number) => ({ $add: ['$$NOW', ms] });

/** Waits until nobody else runs migrations. @param onWait called once when somebody does */
export async function takeLease(db: Db, leaseMs: number, onWait: () => void): Promise<HeldLease> {
  const leases: Collection<MigrationLease> = db.collection('migrations');
  const owner = randomUUID();
  await leases.updateOne({ _id }, { $setOnInsert: { owner: null, leaseUntil: new Date(0) } }, { upsert: true });
  const take = () =>
    leases.updateOne({ _id, $expr: { $lte: ['$leaseUntil', '$$NOW'] } }, [
      { $set: { owner, leaseUntil: fromNow(leaseMs) } },
    ]);
  let waited = false;
  while ((await take()).matchedCount === 0) {
    if (!waited) onWait();
    waited = true;
    await sleep(pollMs);
  }
  const renew = () => leases.updateOne({ _id, owner }, [{ $set: { leaseUntil: fromNow(leaseMs) } }]);
  // A renewal that fails is made up for by the next one, or by whoever takes the lease: what both do is safe to do twice.
  const timer = setInterval(() => void renew().catch(() => undefined), leaseMs / 4);
  return {
    async check() {
      if ((await renew()).matchedCount === 0)
        throw new Error('Another process has taken over the migrations, since this one was not heard of for too long.');
    },
    async release() {
      clearInterval(timer);
      await leases.updateOne({ _id, owner }, { $set: { owner: null, leaseUntil: new Date(0) } });
    },
  };
}
