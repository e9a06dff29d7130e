import type { CommandDoc } from '../../shared/commands/command.model';
import { enqueue } from '../../shared/commands/queues';
import { encodeStored, storedChannel } from '../../shared/commands/stored-channel';
import type { Context } from '../../shared/context';

/**
 * How long jobs wait for others of their lane, ms. Workers learn of commands from the channel; the job is what
 * operators see, and what brings a worker to a command whose message was lost.
 */
const gatherMs = 1000;

/**
 * Passes stored commands on: at once to the workers that own their lanes, by one message, and a moment later as jobs.
 * Both in the order of the calls. What fails here is promptness only: the lanes' owners find the commands by themselves.
 */
export function createPublisher({ config, clock, newId, redis, queues, logger, lifecycle }: Context) {
  const from = newId('api');
  const channel = storedChannel(config);
  /** The last command of each lane that was published. */
  const last = new Map<string, string>();
  let gathered: CommandDoc[] = [];
  let timer: NodeJS.Timeout | undefined;
  let enqueued: Promise<void> = Promise.resolve();

  function flush(): void {
    timer = undefined;
    // One at a time, so that a slow Redis makes larger jobs instead of filling the memory.
    enqueued = enqueued.then(async () => {
      const commands = gathered;
      gathered = [];
      await enqueue(queues, commands, clock.now()).catch((error: unknown) =>
        logger.warn({ error }, 'jobs not enqueued; their lanes will find them'),
      );
    });
  }

  lifecycle.onClose('jobs to enqueue', () => {
    clearTimeout(timer);
    flush();
    return enqueued;
  });

  function publish(commands: readonly CommandDoc[]): void {
    if (commands.length === 0) return;
    const stored = commands.map((command) => {
      const previous = last.get(command.lane) ?? '';
      last.set(command.lane, command._id);
      return { command, previous };
    });
    redis
      .publish(channel, encodeStored({ from, commands: stored }))
      .catch((error: unknown) => logger.debug({ error }, 'stored commands not published'));
    gathered.push(...commands);
    timer ??= setTimeout(flush, gatherMs);
  }

  return {
    /** Commands that are stored, once their insert is acknowledged. */
    publish,
    /**
     * For commands that may be stored but not published: the next one of their lanes shows a gap, so that workers read them
     * before it.
     */
    leaveGap(commands: readonly CommandDoc[]): void {
      for (const { lane, _id } of commands) last.set(lane, _id);
    },
  };
}
