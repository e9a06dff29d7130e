import type { ClientSession } from 'mongodb';
import type { Context } from '../context';
import { type Models, native } from '../models';
import { Problem } from '../platform/errors';
import { duplicatesOf } from '../platform/store-errors';
import type { CommandKind } from './catalogue';
import type { CommandDoc } from './command.model';
import { type CommandRequest, fingerprint, newCommand } from './new-command';

/** A key that no client can send, since theirs have no spaces: it names what makes a command of the product's unique. */
export const ownKey = (...parts: [string, ...string[]]) => parts.join(' ');

/**
 * Stores a command in a transaction, beside what it belongs to. Wake its lane once that is committed.
 * @returns with `isNew` false the earlier command of that user and key
 * @throws Problem IDEMPOTENCY_KEY_REUSED; a duplicate key when another transaction stores the same: run it again
 */
export async function storeBeside<K extends CommandKind>(
  { config, models, newId, clock }: Pick<Context, 'config' | 'models' | 'newId' | 'clock'>,
  session: ClientSession,
  request: CommandRequest<K> & { key: string },
): Promise<{ command: CommandDoc; isNew: boolean }> {
  const commands = native(models, 'commands');
  const { userId, key } = request;
  // The index has keys that are strings only, and serves only a query with the same condition.
  const earlier = await commands.findOne({ userId, key: { $eq: key, $type: 'string' } }, { session });
  if (earlier) {
    if (earlier.fingerprint !== fingerprint(request.kind, request.payload)) throw new Problem('IDEMPOTENCY_KEY_REUSED');
    return { command: earlier, isNew: false };
  }
  const command = newCommand(config, newId('job'), request, new Date(clock.now()));
  await commands.insertOne(command, { session });
  return { command, isNew: true };
}

/** Stores commands of the product's own that are not there yet, and answers those. What makes each unique is its key. */
export async function storeNew(models: Models, commands: CommandDoc[]): Promise<CommandDoc[]> {
  if (commands.length === 0) return [];
  try {
    const options = { ordered: false, writeConcern: { w: 'majority' as const } };
    await native(models, 'commands').insertMany(commands, options);
    return commands;
  } catch (error) {
    const refused = duplicatesOf(error);
    if (refused.length === 0) throw error;
    return commands.filter((_, index) => !refused.includes(index));
  }
}

/**
 * Wakes the lane of a command that no API process has published, or that is older than what its lane has read. Promptness
 * only: whatever fails here, the lane finds the command by itself.
 */
export async function wakeLane({ queues, logger }: Pick<Context, 'queues' | 'logger'>, command: CommandDoc) {
  try {
    await queues.get(command.lane)?.add(command.kind, { retried: true }, { jobId: command._id });
  } catch (error) {
    logger.warn({ command: command._id, error }, 'job not enqueued; its lane will find it');
  }
}
