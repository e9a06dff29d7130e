import type { ConcertDoc } from '../concerts/concert.model';
import type { Context } from '../context';
import type { RoomNumbers, WaitingRoom } from '../waiting-room/waiting-room';

/** A bound on what a scrape costs: the newest concerts' rooms. */
const mostRooms = 100;

/** The numbers of each concert's waiting room: one query, then one Redis call a room, all sent at once. */
export async function readRoomNumbers(
  { models }: Context,
  waitingRoom: WaitingRoom,
): Promise<(RoomNumbers & { concertId: string })[]> {
  const rooms = await models.concerts
    .find({}, { opensAt: 1, entryUrl: 1, room: 1 })
    .sort({ _id: -1 })
    .limit(mostRooms)
    .read('secondaryPreferred')
    .lean<ConcertDoc[]>();
  return Promise.all(rooms.map(async (room) => ({ concertId: room._id, ...(await waitingRoom.numbers(room)) })));
}
