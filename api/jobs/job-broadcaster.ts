import type { QueryFilter } from 'mongoose';
import type { CommandDoc } from '../../shared/commands/command.model';
import { decodeOutcomes, outcomeChannel } from '../../shared/commands/outcome-channel';
import type { Context } from '../../shared/context';
import type { Subscriptions } from '../streams/subscriptions';

type Publish = (command: CommandDoc) => void;

/** Publishes to the streams of one process which of their users' commands have become final. */
export interface JobBroadcaster {
  /**
   * Reads what has finished since a time; costs as much as the user has commands.
   * @returns how to begin: first those, oldest first, then each command when it finishes, at least once
   */
  open(userId: string, since: Date): Promise<{ subscribe(publish: Publish): () => void }>;
}

interface JobBroadcasterContext extends Pick<Context, 'config' | 'models' | 'clock' | 'logger' | 'lifecycle'> {
  subscriptions: Subscriptions;
}

/** ms. Ids that come within this time are read together. */
const gatherMs = 30;
/** ms. A command shows only after its `finishedAt`: by as much as its transaction took, and that is ten seconds at most. */
export const lateMs = 15_000;
/** Users in one query of a check, and how long that many are left alone after it, ms. */
const perQuery = 100;
const restMs = 1000;

/**
 * Workers publish on Redis which commands are final. Since that may be lost, the final commands of subscribed users are
 * also read every STREAM_CHECK_MS, and when Redis was away.
 */
export function createJobBroadcaster(context: JobBroadcasterContext): JobBroadcaster {
  const { config, models, clock, logger, lifecycle, subscriptions } = context;
  /** By user. */
  const subscribers = new Map<string, Set<Subscriber>>();
  /** Ids that have come by message and are not read yet. */
  const received = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let checkedAt = clock.now();
  let checking = false;

  /** Commands without a key are the product's own, and no user's jobs. */
  const find = (filter: QueryFilter<CommandDoc>) =>
    models.commands.find({ ...filter, key: { $type: 'string' }, status: { $ne: 'accepted' } }).lean<CommandDoc[]>();

  function publish(commands: readonly CommandDoc[]): void {
    for (const command of commands)
      for (const subscriber of subscribers.get(command.userId) ?? []) subscriber.take([command]);
  }

  function add(userId: string, subscriber: Subscriber): () => void {
    const ofUser = subscribers.get(userId) ?? new Set();
    subscribers.set(userId, ofUser.add(subscriber));
    return () => {
      ofUser.delete(subscriber);
      if (ofUser.size === 0 && subscribers.get(userId) === ofUser) subscribers.delete(userId);
    };
  }

  async function readReceived(): Promise<void> {
    const ids = [...received];
    received.clear();
    publish(await find({ _id: { $in: ids }, userId: { $in: [...subscribers.keys()] } }));
  }

  function receive(message: string): void {
    if (subscribers.size === 0) return;
    for (const { _id, userId } of decodeOutcomes(message)) if (subscribers.has(userId)) received.add(_id);
    if (received.size === 0) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      // What could not be read is found by the next check.
      readReceived().catch((error: unknown) => logger.debug({ error }, 'finished jobs not read'));
    }, gatherMs);
  }

  async function check(): Promise<void> {
    const startedAt = clock.now();
    const since = checkedAt - lateMs;
    const users = [...subscribers.keys()];
    for (let from = 0; from < users.length; from += perQuery) {
      const some = users.slice(from, from + perQuery);
      publish(await find({ userId: { $in: some }, finishedAt: { $gt: new Date(since) } }).hint({ userId: 1, key: 1 }));
    }
    for (const ofUser of subscribers.values()) for (const subscriber of ofUser) subscriber.forgetBefore(since - lateMs);
    checkedAt = startedAt;
  }

  function checkOnce(): void {
    if (checking) return;
    checking = true;
    check()
      .catch((error: unknown) => logger.debug({ error }, 'jobs not checked'))
      .finally(() => {
        checking = false;
      });
  }

  const unsubscribe = subscriptions.subscribe(outcomeChannel(config), receive);
  subscriptions.onReconnect(checkOnce);
  const interval = setInterval(() => {
    if (clock.now() - checkedAt >= (subscribers.size / perQuery) * restMs) checkOnce();
  }, config.STREAM_CHECK_MS);
  lifecycle.onClose('job broadcaster', () => {
    clearInterval(interval);
    clearTimeout(timer);
    unsubscribe();
  });

  return {
    async open(userId, since) {
      const subscriber = createSubscriber();
      // What finishes during the reading may be missing in it.
      const remove = add(userId, subscriber);
      try {
        subscriber.take(await find({ userId, finishedAt: { $gt: since } }).hint({ userId: 1, key: 1 }));
      } finally {
        remove();
      }
      return {
        subscribe(begun) {
          subscriber.begin(begun);
          return add(userId, subscriber);
        },
      };
    },
  };
}

type Subscriber = ReturnType<typeof createSubscriber>;

/** Remembers what one stream was sent of its user's commands, so that nothing is sent twice. */
function createSubscriber() {
  /** Id to when it finished, ms. */
  const sent = new Map<string, number>();
  let pending: CommandDoc[] = [];
  let send: Publish = (command) => void pending.push(command);
  return {
    /** Sends commands that are new to it, or keeps them until it `begins`. */
    take(commands: readonly CommandDoc[]): void {
      for (const command of commands) {
        if (sent.has(command._id)) continue;
        sent.set(command._id, finishedMs(command));
        send(command);
      }
    },
    begin(begun: Publish): void {
      send = begun;
      for (const command of pending.sort((a, b) => finishedMs(a) - finishedMs(b))) send(command);
      pending = [];
    },
    /** Forgets commands that finished before `time` (ms): they are not read again. */
    forgetBefore(time: number): void {
      for (const [id, finishedAt] of sent) if (finishedAt < time) sent.delete(id);
    },
  };
}

function finishedMs({ finishedAt }: CommandDoc): number {
  return finishedAt?.getTime() ?? 0;
}
