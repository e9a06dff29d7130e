import type { ClientSession } from 'mongodb';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import type { Memory } from '../../workers/batches/memory';
import { type BatchReport, runBatch } from '../../workers/batches/run-batch';
import { OutOfDate } from '../../workers/batches/write-batch';

interface Options {
  context: Context;
  session: ClientSession;
  epochs: ReadonlyMap<string, number>;
  size: number;
  /** What the worker remembers, in which it is right only until others write. */
  memory: Memory;
}

/** What a worker remembers at most: some is forgotten on the way. */
export const fewDocuments = 10;

/** Commands of API processes whose clocks are ahead, as in a batch that reads. */
const slackMs = 250;

/**
 * Runs a batch as a committer does: one that has missed nothing knows what is due and remembers what it has written; when
 * that turns out to be out of date, or lanes were lost, all is read.
 */
export async function runAsCommitter({ context, session, epochs, size, memory }: Options): Promise<BatchReport> {
  const { models, clock } = context;
  const fences = await native(models, 'fences')
    .find({ _id: { $in: [...epochs.keys()] } })
    .toArray();
  const due = await native(models, 'commands')
    .find({ lane: { $in: [...epochs.keys()] }, status: 'accepted', dueAt: { $lte: new Date(clock.now() + slackMs) } })
    .sort({ dueAt: 1, _id: 1 })
    .limit(size)
    .toArray();
  if (due.length > 0 && fences.every(({ _id, epoch }) => epoch === epochs.get(_id))) {
    try {
      const report = await runBatch(context, session, epochs, { commands: due, read: null }, memory);
      return { ...report, full: report.full || due.length === size };
    } catch (error) {
      if (!(error instanceof OutOfDate)) throw error;
      memory.forget();
    }
  }
  return runBatch(context, session, epochs, { commands: due, read: { size, since: new Date(0) } }, memory);
}
