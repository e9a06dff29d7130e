import type { CommandDoc } from '../../shared/commands/command.model';
import { newCommand } from '../../shared/commands/new-command';
import { ownKey, storeNew, wakeLane } from '../../shared/commands/store-beside';
import type { Context } from '../../shared/context';
import { type Models, native } from '../../shared/models';
import type { StandbyLineDoc } from '../../shared/standby/standby.model';
import { createSignal } from '../lanes/signal';

/** How often a worker looks for lines to close. */
const pollMs = 1000;
/** Whose commands these are: no user's, since names of users have no spaces. */
const userId = 'standby lines';

/** Ends the places of people who wait for dates that have started or were called off. Any number of workers may do it at once. */
export function startClosingLines(context: Context): { stop(): Promise<void> } {
  const { logger } = context;
  const signal = createSignal();
  let stopping = false;

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        for (const command of await closeLines(context)) await wakeLane(context, command);
      } catch (error) {
        logger.warn({ error }, 'standby lines not closed yet');
      }
      await signal.wait(pollMs);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping = true;
      signal.raise();
      await running;
    },
  };
}

/** @returns the commands that are new: the key of each follows from the line, and how often it was written */
export async function closeLines({
  models,
  config,
  clock,
  newId,
}: Pick<Context, 'models' | 'config' | 'clock' | 'newId'>): Promise<CommandDoc[]> {
  const now = new Date(clock.now());
  const over = await linesOfOver(models, now);
  const wanted = over.map(({ _id, version, performanceId, section }) => {
    const key = ownKey('standby', _id, String(version));
    return newCommand(
      config,
      newId('job'),
      { kind: 'standby.close', userId, key, payload: { performanceId, section } },
      now,
    );
  });
  return storeNew(models, wanted);
}

/** Whether somebody waits for seats of the performance. */
export async function isWaitedFor(models: Models, performanceId: string): Promise<boolean> {
  const waiting = { performanceId, waiting: { $gt: 0 } };
  return (await native(models, 'standbyLines').findOne(waiting)) !== null;
}

async function linesOfOver(models: Models, now: Date): Promise<StandbyLineDoc[]> {
  // The index has lines with people alone, and serves what is sorted by its field.
  const lines = await native(models, 'standbyLines')
    .find({ waiting: { $gt: 0 } })
    .sort({ performanceId: 1 })
    .toArray();
  if (lines.length === 0) return [];
  const ids = [...new Set(lines.map(({ performanceId }) => performanceId))];
  const performances = await native(models, 'performances')
    .find({ _id: { $in: ids } })
    .toArray();
  const over = new Set(performances.flatMap((one) => (one.cancelledAt || one.startsAt <= now ? one._id : [])));
  return lines.filter(({ performanceId }) => over.has(performanceId));
}
