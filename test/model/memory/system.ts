import { findReplay } from '../../../api/commands/command-store';
import { allLanes } from '../../../shared/commands/lane-of';
import { newCommand } from '../../../shared/commands/new-command';
import type { Context } from '../../../shared/context';
import { native } from '../../../shared/models';
import { createClock } from '../../../shared/platform/clock';
import type { Config } from '../../../shared/platform/config';
import { Problem } from '../../../shared/platform/errors';
import { createIds } from '../../../shared/platform/ids';
import { createMemory } from '../../../workers/batches/memory';
import { blocksOf, recordGift } from '../blocks';
import { callOffsOf } from '../call-offs';
import type { Fault } from '../faults/fault';
import { performancesAt, seats } from '../hall';
import { Crashed, withMishap } from '../mishaps';
import { fewDocuments, runAsCommitter } from '../run-as-committer';
import { workerCount } from '../steps';
import type { Data, System } from '../system';
import { collections as names } from '../system';
import { createMemoryModels } from './models';
import { createSession } from './session';

const start = Date.UTC(2026, 0, 1);

/**
 * The product's own handlers, groups, loading and writing, unchanged, over collections in memory: thousands of sequences
 * in the time that MongoDB takes for a few. Groups run one after another.
 */
export function memorySystem(config: Config, fault: Fault): System {
  let time = start;
  const { collections, models: sound } = createMemoryModels(() => time, fault.lacks);
  const models = fault.models?.(sound) ?? sound;
  const clock = createClock(() => time);
  const context = { config, clock, models, newId: createIds(clock, () => 0.5) } as unknown as Context;
  const sessions = Array.from({ length: workerCount }, createSession);
  const memories = Array.from({ length: workerCount }, () => createMemory(fewDocuments));
  const lanes = allLanes(config);
  const performances = performancesAt(start);
  for (const performance of performances) collections.performances.docs.set(performance._id, performance);
  for (const seat of seats) collections.seats.docs.set(seat._id, seat);
  for (const _id of lanes) collections.fences.docs.set(_id, { _id, epoch: 0, position: 0, touchedAt: new Date(start) });

  return {
    ...{ lanes, performances, concurrent: false, now: () => time },
    advance(ms) {
      time += ms;
    },
    async accept(request, skewMs) {
      const command = newCommand(config, context.newId('job'), request, new Date(time + skewMs));
      try {
        await native(models, 'commands').insertOne(command);
        await recordGift(models, command);
        return { command, replayed: false };
      } catch (error) {
        if ((error as { code?: unknown }).code !== 11000) throw error;
        const earlier = await findReplay(context, request);
        if (!earlier) throw new Problem('HOLD_IN_PROGRESS');
        return { command: earlier, replayed: true };
      }
    },
    ...callOffsOf(context, fault),
    ...blocksOf(context),
    async take(worker, lane) {
      memories[worker]?.forget();
      const fence = await collections.fences.findOne({ _id: lane });
      await collections.fences.updateMany({ _id: lane }, { $set: { epoch: fence?.epoch + 1 } });
      return fence?.epoch + 1;
    },
    run({ worker, epochs, size, mishap }) {
      const session = sessions[worker] as ReturnType<typeof createSession>;
      const unlucky = withMishap(fault.worker?.(models, epochs) ?? models, mishap, async () => {
        throw new Crashed('before the commit');
      });
      const memory = memories[worker] ?? createMemory(fewDocuments);
      return runAsCommitter({
        ...{ context: { ...context, models: unlucky }, session: session as never, epochs, size, memory },
      });
    },
    publish: async (report) => fault.afterCommit?.(models, report),
    read: async () =>
      Object.fromEntries(names.map((name) => [name, [...collections[name].docs.values()]])) as unknown as Data,
  };
}
