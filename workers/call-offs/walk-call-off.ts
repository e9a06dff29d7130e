import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandDoc } from '../../shared/commands/command.model';
import { encodeStored, storedChannel } from '../../shared/commands/stored-channel';
import type { CallOffDoc } from '../../shared/concerts/call-off.model';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { isWaitedFor } from '../standby/close-lines';
import { holdsOnSeats, refundHolds } from './refund-holds';

/** Holds given back at a time: few, beside what a batch of a busy sale carries out. */
const size = 50;
/** How long to wait for those before going on: a lane may be without an owner. They are met again in the next walk. */
const patienceMs = 5000;
const pollMs = 20;

/**
 * Walks over what is still held or sold of a date, and has it given back, a little at a time. It rests as long as each part took,
 * so that other sales keep more than half of the workers. Where it is stands in no place but the seats: whoever goes on
 * after a crash finds what is left.
 * @param goOn asked before each part; false ends the walk
 * @returns whether nothing is left
 */
export async function walkCallOff(
  context: Context,
  callOff: CallOffDoc,
  goOn: () => Promise<boolean>,
): Promise<boolean> {
  const { models, clock } = context;
  const publish = createPublish(context);
  const holdIds = await holdsOnSeats(models, callOff._id);
  for (let next = 0; next < holdIds.length; next += size) {
    if (!(await goOn())) return false;
    const began = performance.now();
    const commands = await refundHolds(context, callOff, holdIds.slice(next, next + size));
    publish(commands);
    await finished(context, commands);
    await sleep(performance.now() - began);
  }
  if ((await holdsOnSeats(models, callOff._id)).length > 0) return false;
  if (await isWaitedFor(models, callOff._id)) return false;
  const done = { $set: { finishedAt: new Date(clock.now()) } };
  await native(models, 'callOffs').updateOne({ _id: callOff._id, finishedAt: null }, done);
  return true;
}

async function finished({ models }: Context, commands: readonly CommandDoc[]): Promise<void> {
  const deadline = performance.now() + patienceMs;
  const unfinished = { _id: { $in: commands.map(({ _id }) => _id) }, status: 'accepted' as const };
  while (performance.now() < deadline) {
    if ((await native(models, 'commands').countDocuments(unfinished)) === 0) return;
    await sleep(pollMs);
  }
}

/** Notifies the owners of the lanes, as an API process does. What is lost is found by their sweeps. */
function createPublish({ config, redis, newId, logger }: Context) {
  const from = newId('call-off');
  const last = new Map<string, string>();
  return (commands: readonly CommandDoc[]): void => {
    if (commands.length === 0) return;
    const stored = commands.map((command) => {
      const previous = last.get(command.lane) ?? '';
      last.set(command.lane, command._id);
      return { command, previous };
    });
    redis
      .publish(storedChannel(config), encodeStored({ from, commands: stored }))
      .catch((error: unknown) => logger.debug({ error }, 'refunds not published'));
  };
}
