import { MongoBulkWriteError } from 'mongodb';
import type { CommandKind } from '../shared/commands/catalogue';
import type { CommandDoc } from '../shared/commands/command.model';
import { laneOf } from '../shared/commands/lane-of';
import { type CommandRequest, fingerprint, newCommand } from '../shared/commands/new-command';
import { announce } from '../shared/commands/queues';
import type { Context } from '../shared/context';
import { native } from '../shared/models';
import { Problem } from '../shared/platform/errors';
import type { Backlog } from './backlog';
import { countAccepted } from './metrics/count-accepted';
import { traceStore } from './tracing/trace-store';

export interface Accepted {
  command: CommandDoc;
  /** True when this user's key had been used for the same request before: `command` is that one, as it is now. */
  replayed: boolean;
}

/**
 * Stores a command, so that it will be carried out whatever happens next.
 * @throws Problem IDEMPOTENCY_KEY_REUSED, OVERLOADED; a driver's error when MongoDB is away (outcome unknown: repeat with the same key)
 */
export type AcceptCommand = <K extends CommandKind>(request: CommandRequest<K>) => Promise<Accepted>;

interface Waiting {
  request: CommandRequest<CommandKind>;
  resolve(accepted: Accepted): void;
  reject(error: unknown): void;
}

/** Requests that may wait for an insert at once; beyond this MongoDB is not keeping up, and waiting would only grow. */
const maxWaiting = 5000;

/**
 * Groups the commands of many requests into one insert and one job a lane. One insert is in flight at a time and
 * announcements keep its order: that is what "in the order accepted by one API process" rests on.
 */
export function createAcceptCommand(context: Context, backlog: Backlog): AcceptCommand {
  const { config, clock, newId, queues, logger } = context;
  const waiting: Waiting[] = [];
  let running = false;
  let lastAcceptedAt = 0;
  let announced: Promise<void> = Promise.resolve();

  async function storeGroup(group: Waiting[]): Promise<void> {
    lastAcceptedAt = Math.max(lastAcceptedAt, clock.now());
    const acceptedAt = new Date(lastAcceptedAt);
    const commands = group.map(({ request }) => newCommand(config, newId('job'), request, acceptedAt));
    const traces = commands.map(({ trace }) => trace);
    const repeats = await traceStore(context.tracing, traces, () => insertNew(context, commands));
    countAccepted(context.metrics, commands, repeats);
    for (const [index, { resolve, reject }] of group.entries()) {
      const command = commands[index] as CommandDoc;
      if (!repeats.has(command)) resolve({ command, replayed: false });
      else
        findReplay(context, command).then(
          (earlier) =>
            earlier ? resolve({ command: earlier, replayed: true }) : reject(new Problem('SERVICE_UNAVAILABLE')),
          reject,
        );
    }
    // One announcement in flight: order is kept, and a slow Redis slows the next insert instead of filling memory.
    await announced;
    announced = announce(
      queues,
      commands.filter((command) => !repeats.has(command)),
      clock.now(),
    ).catch((error: unknown) => logger.warn({ error }, 'jobs not announced; their lanes will find them'));
  }

  async function run(): Promise<void> {
    running = true;
    await new Promise((resolve) => setTimeout(resolve, config.ACCEPT_WAIT_MS));
    while (waiting.length > 0) {
      const group = waiting.splice(0, config.ACCEPT_GROUP_SIZE);
      await storeGroup(group).catch((error: unknown) => {
        for (const { reject } of group) reject(error);
      });
    }
    running = false;
  }

  return (request) =>
    new Promise((resolve, reject) => {
      backlog.check(laneOf(config, request.kind, request.payload, request.userId));
      if (waiting.length >= maxWaiting) return reject(new Problem('OVERLOADED'));
      waiting.push({ request: { ...request, trace: context.tracing?.current() }, resolve, reject });
      if (!running) void run();
    });
}

/** Stores the commands; answers those whose user and key were there already. */
async function insertNew({ models }: Context, commands: CommandDoc[]): Promise<Set<CommandDoc>> {
  try {
    await native(models, 'commands').insertMany(commands, { ordered: false });
    return new Set();
  } catch (error) {
    const errors = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
    const repeatsOnly = errors.length > 0 && errors.every((e) => e.code === 11000);
    // Stored by too few nodes is not stored.
    if (!repeatsOnly || (error as MongoBulkWriteError).result.getWriteConcernError()) throw error;
    return new Set(errors.map((e) => commands[e.index] as CommandDoc));
  }
}

/**
 * The command that this user's key was used for before, if any. Also asked when a gate refuses: a repeat must get its
 * first answer although the gate has closed since.
 * @throws Problem IDEMPOTENCY_KEY_REUSED when it was used for another request
 */
export async function findReplay(
  { models }: Context,
  request: Pick<CommandDoc, 'kind' | 'payload' | 'userId' | 'key'>,
): Promise<CommandDoc | null> {
  const earlier = await models.commands.findOne({ userId: request.userId, key: request.key ?? '' }).lean();
  if (!earlier) return null;
  if (earlier.fingerprint !== fingerprint(request.kind, request.payload)) throw new Problem('IDEMPOTENCY_KEY_REUSED');
  return earlier;
}
