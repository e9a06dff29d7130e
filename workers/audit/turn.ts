import { type Models, native } from '../../shared/models';

/** One worker's turn at what one of all does at a time, by a lease on the database's clock as for lanes. */
export interface Turn {
  /** False: another worker has the turn by now. */
  renew(): Promise<boolean>;
  /** Gives the turn back; the next one begins `ms` after this one began. */
  end(ms: number): Promise<unknown>;
}

const fromNow = (ms: number) => ({ $add: ['$$NOW', ms] });

/** Takes the turn if it is due and nobody has it; a worker that died in its turn loses it after `leaseMs`. */
export async function takeTurn(models: Models, owner: string, leaseMs: number, _id = 'audit'): Promise<Turn | null> {
  const schedules = native(models, 'schedules');
  const never = new Date(0);
  const first = { owner: null, leaseUntil: never, nextAt: never };
  await schedules.updateOne({ _id }, { $setOnInsert: first }, { upsert: true });
  const due = { $and: [{ $lte: ['$leaseUntil', '$$NOW'] }, { $lte: ['$nextAt', '$$NOW'] }] };
  const leased = { owner, leaseUntil: fromNow(leaseMs), nextAt: '$$NOW' };
  const taken = await schedules.findOneAndUpdate({ _id, $expr: due }, [{ $set: leased }], { returnDocument: 'after' });
  if (!taken) return null;
  return {
    async renew() {
      const { matchedCount } = await schedules.updateOne({ _id, owner }, [{ $set: { leaseUntil: fromNow(leaseMs) } }]);
      return matchedCount > 0;
    },
    end: (ms) => {
      const nextAt = new Date(taken.nextAt.getTime() + ms);
      return schedules.updateOne({ _id, owner }, { $set: { owner: null, leaseUntil: never, nextAt } });
    },
  };
}
