import type { CommandDoc } from '../shared/commands/command.model';
import { finishedChannel } from '../shared/commands/finished-channel';
import type { Context } from '../shared/context';
import type { Channels } from './channels';

export interface Outcomes {
  /** The command once it is final, or as it still is after `ms` milliseconds. */
  wait(command: CommandDoc, ms: number): Promise<CommandDoc>;
  /** Answers everybody who waits at once, with the command as it was: the process is to end. */
  letGo(): void;
}

type Waiter = (command?: CommandDoc) => void;

/** How often waiting requests look for themselves, for messages that Redis lost. */
const lookMs = 250;

/** Hears of finished commands from Redis and reads those that somebody waits for, all of a message in one query. */
export function openOutcomes(context: Context, channels: Channels): Outcomes {
  const { config, models, logger, lifecycle } = context;
  const waiters = new Map<string, Set<Waiter>>();

  async function look(ids: string[]): Promise<void> {
    const wanted = ids.filter((id) => waiters.has(id));
    if (wanted.length === 0) return;
    const found = await models.commands.find({ _id: { $in: wanted }, status: { $ne: 'accepted' } }).lean();
    for (const command of found) for (const tell of waiters.get(command._id) ?? []) tell(command);
  }

  function lookQuietly(ids: string[]): Promise<void> {
    return look(ids).catch((error: unknown) => logger.debug({ error }, 'outcomes not read'));
  }

  const stop = channels.listen(finishedChannel(config), (message) => void lookQuietly(message.split(',')));
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void lookQuietly([...waiters.keys()]).finally(() => {
      looking = false;
    });
  }, lookMs);
  lifecycle.onClose('outcomes', () => {
    clearInterval(timer);
    stop();
  });

  let ending = false;
  return {
    letGo() {
      ending = true;
      for (const those of [...waiters.values()]) for (const tell of [...those]) tell();
    },
    wait: (command, ms) =>
      new Promise((resolve) => {
        if (command.status !== 'accepted' || ms <= 0 || ending) return resolve(command);
        const finish: Waiter = (final = command) => {
          clearTimeout(deadline);
          forget(waiters, command._id, finish);
          resolve(final);
        };
        const deadline = setTimeout(finish, ms);
        waiters.set(command._id, (waiters.get(command._id) ?? new Set()).add(finish));
      }),
  };
}

function forget(waiters: Map<string, Set<Waiter>>, id: string, waiter: Waiter): void {
  const those = waiters.get(id);
  those?.delete(waiter);
  if (those?.size === 0) waiters.delete(id);
}
