import type { Filter, MongoBulkWriteError } from 'mongodb';
import type { CommandDoc } from '../../shared/commands/command.model';
import { fingerprint } from '../../shared/commands/new-command';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { duplicatesOf } from '../../shared/platform/store-errors';
import { inTime, writeMs } from '../../shared/platform/write-deadline';

export interface Accepted {
  command: CommandDoc;
  /** True when this user's key had been used for the same request before: `command` is that one, as it is now. */
  replayed: boolean;
  /** Whether a majority has stored it. If not, only a final outcome may be answered, or the command after `confirmStored`. */
  confirmed: boolean;
}

/**
 * Stores the commands of several requests. Its span hangs below that of the first traced request and is linked to the others'.
 * @param confirmed by a majority, or by the primary alone
 * @returns those that a unique index refused: repeats, and what another unfinished command excludes
 */
export async function storeCommands(
  context: Context,
  commands: CommandDoc[],
  confirmed: boolean,
): Promise<Set<CommandDoc>> {
  const { tracing } = context;
  const [parent, ...links] = commands.flatMap(({ trace }) => trace ?? []);
  if (!tracing || parent === undefined) return insertNew(context, commands, confirmed);
  const attributes = { 'frontrow.group.size': commands.length };
  const span = tracing.start('store commands', { parent, links, attributes });
  try {
    const refused = await tracing.within(span, () => insertNew(context, commands, confirmed));
    span.end();
    return refused;
  } catch (error) {
    span.end({ error });
    throw error;
  }
}

async function insertNew({ models }: Context, commands: CommandDoc[], confirmed: boolean): Promise<Set<CommandDoc>> {
  const writeConcern = { w: confirmed ? ('majority' as const) : 1 };
  try {
    const options = { ordered: false, writeConcern, maxTimeMS: writeMs };
    await inTime(native(models, 'commands').insertMany(commands, options));
    return new Set();
  } catch (error) {
    const refused = duplicatesOf(error);
    // Stored by too few nodes is not stored.
    if (refused.length === 0 || (error as MongoBulkWriteError).result.getWriteConcernError()) throw error;
    return new Set(refused.map((index) => commands[index] as CommandDoc));
  }
}

/**
 * Waits until a majority has stored the command. The update changes nothing: MongoDB acknowledges such a one when all that
 * was written before it is stored, and its answer shows whether the command is there.
 * @throws Problem SERVICE_UNAVAILABLE when it is gone: its primary was lost before another node had it
 */
export async function confirmStored({ models }: Pick<Context, 'models'>, command: CommandDoc): Promise<void> {
  const { _id, userId } = command;
  const { matchedCount } = await touch({ models }, { _id }, userId);
  if (matchedCount === 0) throw new Problem('SERVICE_UNAVAILABLE');
}

/** Writes what is there already. @throws LateWrite */
function touch({ models }: Pick<Context, 'models'>, filter: Filter<CommandDoc>, userId: string) {
  const options = { writeConcern: { w: 'majority' as const }, maxTimeMS: writeMs };
  return inTime(native(models, 'commands').updateOne(filter, { $set: { userId } }, options));
}

/**
 * The command that this one repeats; it may be one that this instant only the primary has.
 * @throws Problem HOLD_IN_PROGRESS when it repeats none: then another unfinished one excludes it
 */
export async function findRaced(context: Pick<Context, 'models'>, repeat: CommandDoc): Promise<CommandDoc> {
  const earlier = await findReplay(context, repeat);
  if (earlier) return earlier;
  const { userId, key } = repeat;
  await touch(context, { userId, key: { $eq: key, $type: 'string' } }, userId);
  const confirmed = await findReplay(context, repeat);
  if (!confirmed) throw new Problem(repeat.exclusive ? 'HOLD_IN_PROGRESS' : 'SERVICE_UNAVAILABLE');
  return confirmed;
}

/**
 * The command that this user's key was used for before, if any. Also asked when a gate refuses: a repeat must get its
 * first answer although the gate has closed since.
 * @throws Problem IDEMPOTENCY_KEY_REUSED when it was used for another request
 */
export async function findReplay(
  { models }: Pick<Context, 'models'>,
  request: Pick<CommandDoc, 'kind' | 'payload' | 'userId' | 'key'>,
): Promise<CommandDoc | null> {
  // The index has keys that are strings only, and serves only a query with the same condition.
  const filter = { userId: request.userId, key: { $eq: request.key ?? '', $type: 'string' as const } };
  const earlier = await models.commands.findOne(filter).lean();
  if (!earlier) return null;
  if (earlier.fingerprint !== fingerprint(request.kind, request.payload)) throw new Problem('IDEMPOTENCY_KEY_REUSED');
  return earlier;
}

/** What was read is stored by a majority. */
export const replayOf = (command: CommandDoc): Accepted => ({ command, replayed: true, confirmed: true });
