import type { CommandDoc } from '../../shared/commands/command.model';
import { decodeOutcomes, outcomeChannel } from '../../shared/commands/outcome-channel';
import type { Context } from '../../shared/context';
import type { Subscriptions } from '../streams/subscriptions';
import type { Backlog } from './backlog';

export interface Outcomes {
  /** The command once it is final, or as it still is after `ms` milliseconds. */
  wait(command: CommandDoc, ms: number): Promise<CommandDoc>;
  /** Ends every wait at once, with the command as it was: the process is to end. */
  release(): void;
}

/** Takes the outcome of a command: none while it is unfinished. */
type Waiter = (final?: Final) => void;
type Final = Pick<CommandDoc, 'status' | 'finishedAt' | 'result' | 'problem'>;

/** How often the outcomes that requests wait for are read, in case Redis lost their messages. */
const readMs = 250;

/**
 * Workers publish outcomes once a majority has committed them. Those that requests wait for longer are read from MongoDB,
 * all of them in one query.
 */
export function openOutcomes(context: Context, subscriptions: Subscriptions, backlog: Backlog): Outcomes {
  const { config, models, logger, lifecycle } = context;
  const waiters = new Map<string, Set<Waiter>>();

  function deliver(outcomes: readonly (Final & { _id: string })[]): void {
    for (const outcome of outcomes) for (const waiter of waiters.get(outcome._id) ?? []) waiter(outcome);
  }

  function receive(message: string): void {
    const outcomes = decodeOutcomes(message);
    backlog.finish(outcomes.map(({ _id }) => _id));
    deliver(outcomes);
  }

  /** Only those that were waited for at the last reading already: the others are about to come by message. */
  async function readOverdue(): Promise<void> {
    const wanted = overdue.filter((id) => waiters.has(id));
    overdue = [...waiters.keys()];
    if (wanted.length > 0)
      deliver(await models.commands.find({ _id: { $in: wanted }, status: { $ne: 'accepted' } }).lean());
  }

  const stop = subscriptions.subscribe(outcomeChannel(config), receive);
  let overdue: string[] = [];
  let reading = false;
  const timer = setInterval(() => {
    if (reading) return;
    reading = true;
    readOverdue()
      .catch((error: unknown) => logger.debug({ error }, 'outcomes not read'))
      .finally(() => {
        reading = false;
      });
  }, readMs);
  lifecycle.onClose('outcomes', () => {
    clearInterval(timer);
    stop();
  });

  let ending = false;
  return {
    release() {
      ending = true;
      for (const waiting of [...waiters.values()]) for (const waiter of [...waiting]) waiter();
    },
    wait: (command, ms) =>
      new Promise((resolve) => {
        if (command.status !== 'accepted' || ms <= 0 || ending) return resolve(command);
        const finish: Waiter = (final) => {
          clearTimeout(deadline);
          forget(waiters, command._id, finish);
          if (!final) return resolve(command);
          const { status, finishedAt, result, problem } = final;
          resolve({ ...command, status, finishedAt, result, problem });
        };
        const deadline = setTimeout(() => finish(), ms);
        waiters.set(command._id, (waiters.get(command._id) ?? new Set()).add(finish));
      }),
  };
}

function forget(waiters: Map<string, Set<Waiter>>, id: string, waiter: Waiter): void {
  const waiting = waiters.get(id);
  waiting?.delete(waiter);
  if (waiting?.size === 0) waiters.delete(id);
}
