import type { ConcertDoc } from '../concerts/concert.model';
import type { Context } from '../context';
import type { RoomNumbers, WaitingRoom } from '../waiting-room/waiting-room';

/** A bound on what a scrape costs: the newest concerts' rooms. */
const mostRooms = 100;

export type SeenRoom = RoomNumbers & { concertId: string; admitting: number };

/** Whether the next in line would be let in, but for the pace: it is open, not paused, and somebody more may be inside. */
function admits({ opensAt, room }: ConcertDoc, active: number, now: number): boolean {
  const isOpen = opensAt === null || opensAt.getTime() <= now;
  return isOpen && !room.paused && (room.maxActive === null || active < room.maxActive);
}

/** The numbers of each concert's waiting room: one query, then one Redis call a room, all sent at once. */
export async function readRoomNumbers({ models, clock }: Context, waitingRoom: WaitingRoom): Promise<SeenRoom[]> {
  const rooms = await models.concerts
    .find({}, { opensAt: 1, entryUrl: 1, room: 1 })
    .sort({ _id: -1 })
    .limit(mostRooms)
    .read('secondaryPreferred')
    .lean<ConcertDoc[]>();
  return Promise.all(
    rooms.map(async (concert) => {
      const numbers = await waitingRoom.numbers(concert);
      return { concertId: concert._id, ...numbers, admitting: admits(concert, numbers.active, clock.now()) ? 1 : 0 };
    }),
  );
}
