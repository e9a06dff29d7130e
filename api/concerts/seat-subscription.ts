import { seatsChannel } from '../../shared/concerts/seats-channel';
import type { Context } from '../../shared/context';
import type { Subscriptions } from '../streams/subscriptions';
import { readSeats, readStatuses } from './read-seats';
import { createSeatChangeLog } from './seat-change-log';

/** Writes to one client. */
type Subscriber = (frame: Buffer) => void;

/** The seats of one performance, for the streams of one process that show them. */
export interface SeatSubscription {
  readonly subscribers: ReadonlySet<Subscriber>;
  /**
   * Sends what changed since `lastEventId`, or the whole map, then every change.
   * @returns how to stop
   */
  add(subscriber: Subscriber, lastEventId: string | undefined): () => void;
  /** Reads all seats and publishes what is new; one read however many ask. @returns false when there is no such performance */
  check(): Promise<boolean>;
  /** Makes up for the time without subscribers: reads the seats that changed meanwhile, or all if the last check is long ago. */
  catchUp(): Promise<unknown>;
  stop(): void;
}

export type SeatSubscriptionContext = Pick<Context, 'config' | 'models' | 'newId' | 'logger'> & {
  subscriptions: Subscriptions;
};

/** ms. Messages within this time are answered by one read. */
const gatherMs = 60;
/** More seats than this are not read one by one. */
const maxIds = 1000;

/**
 * Receives which seats workers have changed, and reads those when there are subscribers. Publishes nothing but what
 * MongoDB answers.
 */
export function openSeatSubscription(context: SeatSubscriptionContext, performanceId: string): SeatSubscription {
  const { config, models, newId, logger, subscriptions } = context;
  const log = createSeatChangeLog(performanceId, () => newId('map'));
  const subscribers = new Set<Subscriber>();
  /** Ids of seats that workers have changed since they were read. */
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  /** Whether the log is of some hall. */
  let begun = false;
  let nextCheck: Promise<boolean> | null = null;
  /** By `performance.now()`. */
  let checkedAt = Number.NEGATIVE_INFINITY;

  /** One read after another: the answer of an older one must never overtake that of a newer one. */
  function inTurn<T>(read: () => Promise<T>): Promise<T> {
    const done = turn.then(read);
    turn = done.catch(() => {
      // What it should have read is not known any more.
      checkedAt = Number.NEGATIVE_INFINITY;
    });
    return done;
  }

  function publish(frame: Buffer | null): void {
    if (frame) for (const subscriber of [...subscribers]) subscriber(frame);
  }

  /** A caller that comes before it has begun shares its answer. */
  function check(): Promise<boolean> {
    nextCheck ??= inTurn(async () => {
      nextCheck = null;
      checkedAt = performance.now();
      changed.clear();
      const statuses = begun ? await readStatuses(models, performanceId) : [];
      if (log.isHall(statuses)) {
        publish(log.apply(statuses));
        return true;
      }
      const seats = await readSeats(models, performanceId);
      if (seats) publish(log.reset(seats));
      begun = seats !== null;
      return begun;
    });
    return nextCheck;
  }

  function readChanged(): Promise<unknown> {
    if (changed.size > maxIds) return check();
    return inTurn(async () => {
      const ids = [...changed];
      changed.clear();
      const seats = await models.seats.find({ _id: { $in: ids } }, { status: 1 }).lean();
      publish(log.apply(seats.map(({ _id: id, status }) => ({ id, status }))));
    });
  }

  function receive(message: string): void {
    for (const id of message.split(',')) changed.add(id);
    if (subscribers.size === 0) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      // What could not be read is found by the next check of all seats.
      readChanged().catch((error: unknown) => logger.debug({ performanceId, error }, 'seats not read'));
    }, gatherMs);
  }

  const unsubscribe = subscriptions.subscribe(seatsChannel(config, performanceId), receive);
  return {
    subscribers,
    check,
    async catchUp() {
      if (performance.now() - checkedAt >= config.STREAM_CHECK_MS) await check();
      else if (changed.size > 0) await readChanged();
    },
    add(subscriber, lastEventId) {
      for (const frame of log.since(lastEventId)) subscriber(frame);
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
    stop() {
      unsubscribe();
      clearTimeout(timer);
    },
  };
}
