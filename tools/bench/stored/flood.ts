import type { CommandDoc } from '../../../shared/commands/command.model';
import type { Context } from '../../../shared/context';
import { native } from '../../../shared/models';
import { percentile } from '../../percentile';

const batchSize = 1000;
const tries = 21;

/**
 * What deleted index entries cost, which `explain` does not show: commands of one lane are stored, and end; then the queries that
 * read the index of unfinished commands are timed. One begins at the oldest entry, one where the last sweep ended.
 */
export async function measureFlood({ models }: Context, commands: number): Promise<Record<string, string>> {
  const stored = native(models, 'commands');
  const began = new Date();
  for (let first = 0; first < commands; first += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, commands - first) }, (_, i) => floodOf(first + i));
    await stored.insertMany(batch, { ordered: false });
    const ids = batch.map(({ _id }) => _id);
    await stored.updateMany({ _id: { $in: ids } }, { $set: { status: 'done', finishedAt: new Date(), result: {} } });
  }
  const next = async (since: Date) => {
    const filter = { lane: 'wallet-flood', status: 'accepted', dueAt: { $gte: since } } as const;
    const took: number[] = [];
    for (let i = 0; i < tries; i += 1) {
      const from = performance.now();
      await stored.find(filter).sort({ dueAt: 1, _id: 1 }).limit(128).toArray();
      took.push(performance.now() - from);
    }
    return percentile(took, 0.5).toFixed(1);
  };
  return {
    'next commands after a flood of a tenth, from the oldest, ms': await next(new Date(began.getTime() - 1000)),
    'next commands after a flood of a tenth, from the last sweep, ms': await next(new Date()),
  };
}

function floodOf(i: number): CommandDoc {
  const [_id, at] = [`job_flood${String(i).padStart(20, '0')}`, new Date()];
  return {
    ...{ _id, kind: 'points.charge', lane: 'wallet-flood', userId: `user_${i}`, payload: { amount: 1 }, key: _id },
    ...{ fingerprint: 'flood', status: 'accepted', acceptedAt: at, dueAt: at, finishedAt: null },
    ...{ result: null, problem: null, epoch: null, position: null },
  };
}
