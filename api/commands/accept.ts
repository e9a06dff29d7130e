import type { MongoBulkWriteError } from 'mongodb';
import type { CommandKind } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import { laneOf } from '../../shared/commands/lane-of';
import { type CommandRequest, fingerprint, newCommand } from '../../shared/commands/new-command';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { duplicatesOf } from '../../shared/platform/store-errors';
import { traceStore } from '../tracing/trace-store';
import type { Backlog } from './backlog';
import { countAccepted } from './count-accepted';
import { createPublisher } from './publish-stored';

export interface Accepted {
  command: CommandDoc;
  /** True when this user's key had been used for the same request before: `command` is that one, as it is now. */
  replayed: boolean;
  /** Whether a majority has stored it. If not, only a final outcome may be answered, or what `confirmStored` says. */
  confirmed: boolean;
}

interface Options {
  /** Whether the client gets no answer until the outcome is committed, which a majority has then stored with the command. */
  awaitsOutcome?: boolean;
}

/**
 * Stores a command, so that it will be carried out whatever happens next.
 * @throws Problem IDEMPOTENCY_KEY_REUSED, OVERLOADED; a driver's error when MongoDB is away (outcome unknown: repeat with the same key)
 */
export type AcceptCommand = <K extends CommandKind>(request: CommandRequest<K>, options?: Options) => Promise<Accepted>;

interface Waiting {
  request: CommandRequest<CommandKind>;
  awaitsOutcome: boolean;
  resolve(accepted: Accepted): void;
  reject(error: unknown): void;
}

/** Requests that may wait for an insert at once; beyond this MongoDB is not keeping up, and waiting would only grow. */
const maxWaiting = 5000;

/**
 * Stores the commands of many requests with one insert. An idle process inserts at once; what comes while an insert is in
 * flight goes into the next one. One is in flight at a time, and workers and queues hear of them in that order: that is
 * what "in the order accepted by one API process" rests on.
 */
export function createAcceptCommand(context: Context, backlog: Backlog): AcceptCommand {
  const { config, clock, newId } = context;
  const { publish, skip } = createPublisher(context);
  const waiting: Waiting[] = [];
  let running = false;
  let lastAcceptedAt = 0;

  async function storeBatch(batch: Waiting[]): Promise<void> {
    lastAcceptedAt = Math.max(lastAcceptedAt, clock.now());
    const acceptedAt = new Date(lastAcceptedAt);
    const commands = batch.map(({ request }) => newCommand(config, newId('job'), request, acceptedAt));
    const traces = commands.map(({ trace }) => trace);
    const confirmed = batch.some(({ awaitsOutcome }) => !awaitsOutcome);
    const repeats = await traceStore(context.tracing, traces, () =>
      insertNew(context, commands, confirmed).catch((error: unknown) => {
        skip(commands);
        throw error;
      }),
    );
    countAccepted(context.metrics, commands, repeats);
    const stored = commands.filter((command) => !repeats.has(command));
    publish(stored);
    backlog.add(stored);
    for (const [index, { resolve, reject }] of batch.entries()) {
      const command = commands[index] as CommandDoc;
      if (!repeats.has(command)) resolve({ command, replayed: false, confirmed });
      else answerReplay(command, resolve, reject);
    }
  }

  function answerReplay(repeat: CommandDoc, resolve: Waiting['resolve'], reject: Waiting['reject']): void {
    findRaced(context, repeat).then((earlier) => {
      // The process that stored it may have died before it published it.
      if (earlier.status === 'accepted') skip([earlier]);
      resolve(replayOf(earlier));
    }, reject);
  }

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, config.ACCEPT_GROUP_SIZE);
      await storeBatch(batch).catch((error: unknown) => {
        for (const { reject } of batch) reject(error);
      });
    }
    running = false;
  }

  return (request, { awaitsOutcome = false } = {}) =>
    new Promise((resolve, reject) => {
      backlog.check(laneOf(config, request.kind, request.payload, request.userId));
      if (waiting.length >= maxWaiting) return reject(new Problem('OVERLOADED'));
      waiting.push({ request: { ...request, trace: context.tracing?.current() }, awaitsOutcome, resolve, reject });
      if (!running) void run();
    });
}

/** Stores the commands; answers those whose user and key were there already. @param confirmed by a majority, or by the primary alone */
async function insertNew({ models }: Context, commands: CommandDoc[], confirmed: boolean): Promise<Set<CommandDoc>> {
  const writeConcern = { w: confirmed ? ('majority' as const) : 1 };
  try {
    await native(models, 'commands').insertMany(commands, { ordered: false, writeConcern });
    return new Set();
  } catch (error) {
    const repeats = duplicatesOf(error);
    // Stored by too few nodes is not stored.
    if (repeats.length === 0 || (error as MongoBulkWriteError).result.getWriteConcernError()) throw error;
    return new Set(repeats.map((index) => commands[index] as CommandDoc));
  }
}

/**
 * Waits until a majority has stored the command. The update changes nothing: MongoDB acknowledges such a one when all that
 * was written before it is stored, and says whether the command is there.
 * @throws Problem SERVICE_UNAVAILABLE when it is gone: its primary was lost before another node had it
 */
export async function confirmStored({ models }: Pick<Context, 'models'>, command: CommandDoc): Promise<void> {
  const { _id, userId } = command;
  const { matchedCount } = await native(models, 'commands').updateOne(
    { _id },
    { $set: { userId } },
    { writeConcern: { w: 'majority' } },
  );
  if (matchedCount === 0) throw new Problem('SERVICE_UNAVAILABLE');
}

/** The command that this one repeats; it may be one that this instant only the primary has. */
async function findRaced(context: Context, repeat: CommandDoc): Promise<CommandDoc> {
  const earlier = await findReplay(context, repeat);
  if (earlier) return earlier;
  const { userId, key } = repeat;
  await native(context.models, 'commands').updateOne(
    { userId, key: { $eq: key, $type: 'string' } },
    { $set: { userId } },
    { writeConcern: { w: 'majority' } },
  );
  const confirmed = await findReplay(context, repeat);
  if (!confirmed) throw new Problem('SERVICE_UNAVAILABLE');
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
  // The index has keys that are strings only, and serves a query that says as much.
  const filter = { userId: request.userId, key: { $eq: request.key ?? '', $type: 'string' as const } };
  const earlier = await models.commands.findOne(filter).lean();
  if (!earlier) return null;
  if (earlier.fingerprint !== fingerprint(request.kind, request.payload)) throw new Problem('IDEMPOTENCY_KEY_REUSED');
  return earlier;
}

/** What was read is stored by a majority. */
export const replayOf = (command: CommandDoc): Accepted => ({ command, replayed: true, confirmed: true });
