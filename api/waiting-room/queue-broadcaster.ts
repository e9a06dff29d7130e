import type { Logger } from '../../shared/platform/logger';
import { expiredState, type QueueTokenState } from '../../shared/waiting-room/queue-token-state';
import type { Room, WaitingRoom } from '../../shared/waiting-room/waiting-room';

type Publish = (state: QueueTokenState) => void;

/** Publishes to the streams of one process how their visitors move up. An open stream counts as polling; it does not extend a session. */
export interface QueueBroadcaster {
  /**
   * @param publish called within a round, and again whenever status or position has changed, or the room is paused or resumed
   * @param known what the stream was sent already, if anything
   * @returns how to stop it
   */
  subscribe(concertId: string, userId: string, publish: Publish, known?: QueueTokenState | null): () => void;
  close(): Promise<void>;
}

interface QueueBroadcasterOptions {
  waitingRoom: Pick<WaitingRoom, 'watch'>;
  /** The cached concert; null when it is gone. */
  findRoom: (concertId: string) => Promise<Room | null>;
  logger: Logger;
  /** Shortest round over all subscribers, ms. */
  roundMs?: number;
  /** Longer rounds when there are more subscribers than this can serve. */
  pollsPerSecond?: number;
}

interface Subscriber {
  userId: string;
  publish: Publish;
  /** Digest of the state that was published last, to stay silent until it changes. */
  published: string;
  /** The waiting room's, when the subscriber was first polled. */
  epoch: number | null;
}

/** Subscribers in one poll. */
const perCall = 100;

/** By concert. */
type Subscribers = Map<string, Set<Subscriber>>;

export function createQueueBroadcaster(options: QueueBroadcasterOptions): QueueBroadcaster {
  const { roundMs = 1000, pollsPerSecond = 2000 } = options;
  const subscribers: Subscribers = new Map();
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();
  let closed = false;

  function schedule(): void {
    if (closed || timer || subscribers.size === 0) return;
    const count = [...subscribers.values()].reduce((sum, { size }) => sum + size, 0);
    const run = () => {
      round = pollAll(subscribers, options).finally(() => {
        timer = undefined;
        schedule();
      });
    };
    timer = setTimeout(run, Math.max(roundMs, (count / pollsPerSecond) * 1000));
  }

  return {
    subscribe(concertId, userId, publish, known) {
      const subscriber: Subscriber = { userId, publish, published: known ? digest(known) : '', epoch: null };
      const ofConcert = subscribers.get(concertId) ?? new Set();
      subscribers.set(concertId, ofConcert.add(subscriber));
      schedule();
      return () => {
        ofConcert.delete(subscriber);
        if (ofConcert.size === 0 && subscribers.get(concertId) === ofConcert) subscribers.delete(concertId);
      };
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await round;
    },
  };
}

async function pollAll(
  subscribers: Subscribers,
  { findRoom, waitingRoom, logger }: QueueBroadcasterOptions,
): Promise<void> {
  for (const [concertId, ofConcert] of [...subscribers]) {
    const all = [...ofConcert];
    const poll = async (some: Subscriber[]) => {
      const room = await findRoom(concertId);
      if (!room) return;
      const { epoch } = room.room;
      // After a reset every visitor has to join again, open stream or not.
      for (const subscriber of some) subscriber.epoch ??= epoch;
      const current = some.filter((subscriber) => subscriber.epoch === epoch);
      for (const subscriber of some) if (subscriber.epoch !== epoch) publishChange(subscriber, expiredState);
      const states = await waitingRoom.watch(
        room,
        current.map(({ userId }) => userId),
      );
      for (const [i, subscriber] of current.entries())
        if (ofConcert.has(subscriber)) publishChange(subscriber, states[i]);
    };
    for (let from = 0; from < all.length; from += perCall)
      await poll(all.slice(from, from + perCall)).catch((error: unknown) =>
        // Streams stay open and catch up in a later round.
        logger.debug({ concertId, error }, 'queue not polled'),
      );
  }
}

function publishChange(subscriber: Subscriber, state: QueueTokenState | undefined): void {
  if (!state) return;
  const latest = digest(state);
  if (latest === subscriber.published) return;
  subscriber.published = latest;
  subscriber.publish(state);
}

/** What is published when it changes. */
function digest({ status, position, paused, activeUntil, opensAt }: QueueTokenState): string {
  return [status, position, paused, activeUntil, opensAt].join();
}
