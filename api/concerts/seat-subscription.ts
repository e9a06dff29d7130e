import { seatsChannel } from '../../shared/concerts/seats-channel';
import type { Context } from '../../shared/context';
import type { Channels } from '../streams/subscriptions';
import { createLiveSeatMap } from './seat-change-log';
import { readSeats, readStatuses } from './seat-map-cache';

/** Writes to one page. */
type Page = (frame: Buffer) => void;

/** The seats of one performance, for its live pages. */
export interface SeatWatch {
  readonly pages: ReadonlySet<Page>;
  /**
   * Tells a page what it has missed since `lastEventId`, or the whole map, then whatever changes.
   * @returns how to stop
   */
  join(page: Page, lastEventId: string | undefined): () => void;
  /** Reads all seats and tells what is new; one read however many ask. @returns false when there is no such performance */
  look(): Promise<boolean>;
  /** Makes up for the time without pages: reads what was named meanwhile, or everything if that is long ago. */
  freshen(): Promise<unknown>;
  stop(): void;
}

export type WatchNeeds = Pick<Context, 'config' | 'models' | 'newId' | 'logger'> & { channels: Channels };

/** ms. Notices within this time are read together. */
const gatherMs = 60;
/** More seats than this are not asked for one by one. */
const mostNamed = 1000;

/** Hears which seats workers have changed, and reads those when there are pages. Tells nothing but what MongoDB answers. */
export function startSeatWatch(needs: WatchNeeds, performanceId: string): SeatWatch {
  const { config, models, newId, logger, channels } = needs;
  const map = createLiveSeatMap(performanceId, () => newId('map'));
  const pages = new Set<Page>();
  const named = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  /** Whether the map is of some hall. */
  let begun = false;
  let nextLook: Promise<boolean> | null = null;
  /** By `performance.now()`. */
  let lookedAt = Number.NEGATIVE_INFINITY;

  /** One read after another: the answer of an older one must never overtake that of a newer one. */
  function inTurn<T>(read: () => Promise<T>): Promise<T> {
    const done = turn.then(read);
    turn = done.catch(() => {
      // What it should have read is not known any more.
      lookedAt = Number.NEGATIVE_INFINITY;
    });
    return done;
  }

  function tell(frame: Buffer | null): void {
    if (frame) for (const page of [...pages]) page(frame);
  }

  /** Whoever asks before it has begun may have its answer. */
  function look(): Promise<boolean> {
    nextLook ??= inTurn(async () => {
      nextLook = null;
      lookedAt = performance.now();
      named.clear();
      const statuses = begun ? await readStatuses(models, performanceId) : [];
      if (map.isHall(statuses)) {
        tell(map.take(statuses));
        return true;
      }
      const seats = await readSeats(models, performanceId);
      if (seats) tell(map.takeAll(seats));
      begun = seats !== null;
      return begun;
    });
    return nextLook;
  }

  function lookAtNamed(): Promise<unknown> {
    if (named.size > mostNamed) return look();
    return inTurn(async () => {
      const ids = [...named];
      named.clear();
      const seats = await models.seats.find({ _id: { $in: ids } }, { status: 1 }).lean();
      tell(map.take(seats.map(({ _id: id, status }) => ({ id, status }))));
    });
  }

  function notice(message: string): void {
    for (const id of message.split(',')) named.add(id);
    if (pages.size === 0) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      // What could not be read is found by the next look at all seats.
      lookAtNamed().catch((error: unknown) => logger.debug({ performanceId, error }, 'seats not read'));
    }, gatherMs);
  }

  const unsubscribe = channels.listen(seatsChannel(config, performanceId), notice);
  return {
    pages,
    look,
    async freshen() {
      if (performance.now() - lookedAt >= config.STREAM_CHECK_MS) await look();
      else if (named.size > 0) await lookAtNamed();
    },
    join(page, lastEventId) {
      for (const frame of map.since(lastEventId)) page(frame);
      pages.add(page);
      return () => void pages.delete(page);
    },
    stop() {
      unsubscribe();
      clearTimeout(timer);
    },
  };
}
