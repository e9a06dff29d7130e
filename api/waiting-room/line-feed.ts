import type { Logger } from '../../shared/platform/logger';
import { expiredState, type QueueTokenState } from '../../shared/waiting-room/queue-token-state';
import type { Room, WaitingRoom } from '../../shared/waiting-room/waiting-room';

/** Tells live pages of one process how their places move. An open page counts as polling; it does not extend a visit. */
export interface LineFeed {
  /**
   * @param tell called within a round, and again whenever status or position has changed, or the room is paused or resumed
   * @param known what the page has been told already, if anything
   * @returns how to stop it
   */
  subscribe(
    concertId: string,
    userId: string,
    tell: (state: QueueTokenState) => void,
    known?: QueueTokenState | null,
  ): () => void;
  close(): Promise<void>;
}

interface LineFeedOptions {
  waitingRoom: Pick<WaitingRoom, 'watch'>;
  /** The cached concert; null when it is gone. */
  findRoom: (concertId: string) => Promise<Room | null>;
  logger: Logger;
  /** Shortest round over all pages, ms. */
  roundMs?: number;
  /** Longer rounds when there are more pages than this can serve. */
  looksPerSecond?: number;
}

interface Page {
  userId: string;
  tell: (state: QueueTokenState) => void;
  /** What the page was last told, to stay silent until it changes. */
  told: string;
  /** The room's, when the page was first looked at. */
  epoch: number | null;
}

/** Most places that are looked at together. */
const perCall = 100;

type Rooms = Map<string, Set<Page>>;

export function createLineFeed(options: LineFeedOptions): LineFeed {
  const { roundMs = 1000, looksPerSecond = 2000 } = options;
  const rooms: Rooms = new Map();
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();
  let closed = false;

  function schedule(): void {
    if (closed || timer || rooms.size === 0) return;
    const pages = [...rooms.values()].reduce((sum, { size }) => sum + size, 0);
    const look = () => {
      round = lookAtAll(rooms, options).finally(() => {
        timer = undefined;
        schedule();
      });
    };
    timer = setTimeout(look, Math.max(roundMs, (pages / looksPerSecond) * 1000));
  }

  return {
    subscribe(concertId, userId, tell, known) {
      const page: Page = { userId, tell, told: known ? newsOf(known) : '', epoch: null };
      const pages = rooms.get(concertId) ?? new Set();
      rooms.set(concertId, pages.add(page));
      schedule();
      return () => {
        pages.delete(page);
        if (pages.size === 0 && rooms.get(concertId) === pages) rooms.delete(concertId);
      };
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await round;
    },
  };
}

async function lookAtAll(rooms: Rooms, { findRoom, waitingRoom, logger }: LineFeedOptions): Promise<void> {
  for (const [concertId, pages] of [...rooms]) {
    const all = [...pages];
    const look = async (some: Page[]) => {
      const room = await findRoom(concertId);
      if (!room) return;
      const { epoch } = room.room;
      // After a reset everybody has to join again, open page or not.
      for (const page of some) page.epoch ??= epoch;
      const current = some.filter((page) => page.epoch === epoch);
      for (const page of some) if (page.epoch !== epoch) tellChange(page, expiredState);
      const states = await waitingRoom.watch(
        room,
        current.map(({ userId }) => userId),
      );
      for (const [i, page] of current.entries()) if (pages.has(page)) tellChange(page, states[i]);
    };
    for (let from = 0; from < all.length; from += perCall)
      await look(all.slice(from, from + perCall)).catch((error: unknown) =>
        // Pages stay open and catch up in a later round.
        logger.debug({ concertId, error }, 'line not looked at'),
      );
  }
}

function tellChange(page: Page, state: QueueTokenState | undefined): void {
  if (!state) return;
  const news = newsOf(state);
  if (news === page.told) return;
  page.told = news;
  page.tell(state);
}

/** What a page must hear of when it changes. */
function newsOf({ status, position, paused, activeUntil, opensAt }: QueueTokenState): string {
  return [status, position, paused, activeUntil, opensAt].join();
}
