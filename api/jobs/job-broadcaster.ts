import { type CommandDoc, finishedOfUser } from '../../shared/commands/command.model';
import { decodeOutcomes, outcomeChannel } from '../../shared/commands/outcome-channel';
import { type Context, maxReadMs } from '../../shared/context';
import type { EventSink } from '../http/route';
import type { Subscriptions } from '../streams/subscriptions';
import { type HistoryPosition, pageSize, readHistory } from './job-history';

/** How a stream is written to. */
interface JobSink extends Pick<EventSink, 'drained' | 'end'> {
  /** @param settled whether all that became final before it was sent, or was not asked for */
  send(command: CommandDoc, settled: boolean): void;
}

/** Publishes to the streams of one process which of their users' commands have become final. */
export interface JobBroadcaster {
  /**
   * Reads the first of what has finished after a position; costs no more than that, however many commands the user has.
   * @returns how to begin: first those, oldest first and as fast as the client reads, then each command when it finishes, at
   * least once. The stream is ended when reading fails: the client comes back, and goes on from where it was
   */
  open(userId: string, after: HistoryPosition): Promise<{ subscribe(sink: JobSink): () => void }>;
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
/** Commands that may wait for a stream that still sends what finished before it began; if there are more, all are read. */
const maxPending = 500;

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
    const final = { key: { $type: 'string' }, status: { $ne: 'accepted' } } as const;
    publish(await models.commands.find({ _id: { $in: ids }, ...final }).lean<CommandDoc[]>());
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
      const finished = {
        userId: { $in: some },
        key: { $type: 'string' },
        finishedAt: { $gt: new Date(since) },
      } as const;
      const found = models.commands.find(finished).hint(finishedOfUser).lean<CommandDoc[]>();
      // Cursors don't have the connection's cap.
      for await (const command of found.maxTimeMS(maxReadMs).cursor()) publish([command as CommandDoc]);
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

  /** Sends page after page; what comes meanwhile waits. */
  async function catchUp(subscriber: Subscriber, userId: string, sink: JobSink, first: Page): Promise<void> {
    let { page, readAt } = first;
    for (;;) {
      for (const command of page) {
        if (!subscriber.isNew(command)) continue;
        sink.send(command, finishedMs(command) < readAt - lateMs);
        await sink.drained();
        if (subscriber.stopped()) return;
      }
      const last = page.at(-1);
      const isAll = page.length < pageSize;
      if (isAll && subscriber.begin((command) => sink.send(command, false))) return;
      readAt = clock.now();
      const after = last && !isAll ? positionOf(last) : { finishedAt: new Date(first.readAt - lateMs), id: '' };
      page = await readHistory(models, userId, after);
    }
  }

  return {
    async open(userId, after) {
      const subscriber = createSubscriber();
      // What finishes during the reading may be missing in it.
      const remove = add(userId, subscriber);
      const readAt = clock.now();
      const page = await readHistory(models, userId, after).finally(remove);
      return {
        subscribe(sink) {
          const stop = add(userId, subscriber);
          catchUp(subscriber, userId, sink, { page, readAt }).catch((error: unknown) => {
            logger.debug({ error }, 'finished jobs not read');
            sink.end();
          });
          return () => {
            subscriber.stop();
            stop();
          };
        },
      };
    },
  };
}

interface Page {
  page: CommandDoc[];
  /** When its reading began, ms. */
  readAt: number;
}

type Subscriber = ReturnType<typeof createSubscriber>;

/** Remembers what one stream was sent of its user's commands, so that nothing is sent twice. */
function createSubscriber() {
  /** Id to when it finished, ms. */
  const sent = new Map<string, number>();
  let pending: CommandDoc[] = [];
  let send: ((command: CommandDoc) => void) | null = null;
  let [overflowed, stopped] = [false, false];

  function isNew(command: CommandDoc): boolean {
    if (sent.has(command._id)) return false;
    sent.set(command._id, finishedMs(command));
    return true;
  }

  function sendNew(commands: readonly CommandDoc[]): void {
    for (const command of commands) if (isNew(command)) send?.(command);
  }

  return {
    /** Whether the stream is to be sent it now, and then it was. */
    isNew,
    /** Sends commands that are new to it, or keeps them until it `begins`. */
    take(commands: readonly CommandDoc[]): void {
      if (send) sendNew(commands);
      else if (pending.push(...commands.filter(({ _id }) => !sent.has(_id))) > maxPending) {
        overflowed = true;
        pending = [];
      }
    },
    /** @returns false when more has come than was kept: that must be read before */
    begin(begun: (command: CommandDoc) => void): boolean {
      if (overflowed) {
        overflowed = false;
        return false;
      }
      send = begun;
      sendNew(pending.sort((a, b) => finishedMs(a) - finishedMs(b)));
      pending = [];
      return true;
    },
    stop(): void {
      stopped = true;
    },
    stopped: () => stopped,
    /** Forgets commands that finished before `time` (ms): they are not read again. */
    forgetBefore(time: number): void {
      for (const [id, finishedAt] of sent) if (finishedAt < time) sent.delete(id);
    },
  };
}

const positionOf = ({ _id: id, finishedAt }: CommandDoc): HistoryPosition => ({
  finishedAt: finishedAt ?? new Date(0),
  id,
});

function finishedMs({ finishedAt }: CommandDoc): number {
  return finishedAt?.getTime() ?? 0;
}
