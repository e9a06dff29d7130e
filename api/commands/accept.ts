import { MongoServerError } from 'mongodb';
import type { CommandKind } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import { laneOf } from '../../shared/commands/lane-of';
import { type CommandRequest, newCommand } from '../../shared/commands/new-command';
import type { Context } from '../../shared/context';
import { Problem } from '../../shared/platform/errors';
import { isCausedBy } from '../../shared/platform/store-errors';
import { LateWrite } from '../../shared/platform/write-deadline';
import type { Backlog } from './backlog';
import { type Accepted, findRaced, replayOf, storeCommands } from './command-store';
import type { KindGate } from './kind-gate';
import { createPublisher } from './publish-stored';

interface AcceptOptions {
  /** Whether the client gets no answer until the outcome is committed, which a majority has then stored with the command. */
  awaitsOutcome?: boolean;
}

/**
 * Stores a command, so that it will be carried out whatever happens next.
 * @throws Problem IDEMPOTENCY_KEY_REUSED, HOLD_IN_PROGRESS, OVERLOADED, SERVICE_UNAVAILABLE; a driver's error when MongoDB is away (outcome unknown: repeat with the same key)
 */
export type AcceptCommand = <K extends CommandKind>(
  request: CommandRequest<K>,
  options?: AcceptOptions,
) => Promise<Accepted>;

interface Pending {
  request: CommandRequest<CommandKind>;
  awaitsOutcome: boolean;
  resolve(accepted: Accepted): void;
  reject(error: unknown): void;
}

/** Requests that may wait for an insert at once; beyond this MongoDB is not keeping up, and waiting would only grow. */
const maxPending = 5000;

/**
 * Stores the commands of many requests with one insert. An idle process inserts at once; what comes while an insert is in
 * flight goes into the next one. One is in flight at a time, and workers and queues get the commands in that order: that
 * is what "in the order accepted by one API process" rests on.
 */
export function createAcceptCommand(context: Context, backlog: Backlog, kindGate: KindGate): AcceptCommand {
  const { config, clock, newId } = context;
  const { publish, leaveGap } = createPublisher(context);
  const pending: Pending[] = [];
  let running = false;
  let lastAcceptedAt = 0;

  async function acceptBatch(batch: Pending[]): Promise<void> {
    lastAcceptedAt = Math.max(lastAcceptedAt, clock.now());
    const acceptedAt = new Date(lastAcceptedAt);
    const commands = batch.map(({ request }) => newCommand(config, newId('job'), request, acceptedAt));
    const confirmed = batch.some(({ awaitsOutcome }) => !awaitsOutcome);
    const refused = await storeCommands(context, commands, confirmed).catch((error: unknown) => {
      leaveGap(commands);
      throw error;
    });
    const stored = commands.filter((command) => !refused.has(command));
    for (const { kind } of stored) context.metrics.accepted.inc({ kind });
    publish(stored);
    backlog.add(stored);
    for (const [index, { resolve, reject }] of batch.entries()) {
      const command = commands[index] as CommandDoc;
      if (!refused.has(command)) resolve({ command, replayed: false, confirmed });
      else answerRefused(command, resolve, reject);
    }
  }

  function answerRefused(command: CommandDoc, resolve: Pending['resolve'], reject: Pending['reject']): void {
    findRaced(context, command).then((earlier) => {
      // The process that stored it may have died before it published it.
      if (earlier.status === 'accepted') leaveGap([earlier]);
      context.metrics.replayed.inc({ kind: command.kind });
      resolve(replayOf(earlier));
    }, reject);
  }

  async function run(): Promise<void> {
    running = true;
    while (pending.length > 0) {
      const batch = pending.splice(0, config.ACCEPT_GROUP_SIZE);
      await acceptBatch(batch).catch((error: unknown) => {
        // Those behind it have waited about as long, for the same.
        const late = isLate(error) ? batch.concat(pending.splice(0)) : batch;
        for (const { reject } of late) reject(error);
      });
    }
    running = false;
  }

  return (request, { awaitsOutcome = false } = {}) =>
    new Promise((resolve, reject) => {
      kindGate.check(request.kind);
      backlog.check(laneOf(config, request.kind, request.payload, request.userId));
      if (pending.length >= maxPending) return reject(new Problem('OVERLOADED'));
      pending.push({ request: { ...request, trace: context.tracing?.current() }, awaitsOutcome, resolve, reject });
      if (!running) void run();
    });
}

/** Whether MongoDB did not do it in time. */
const isLate = (error: unknown) =>
  error instanceof LateWrite || (error instanceof MongoServerError && isCausedBy(error, ['timeout']));
