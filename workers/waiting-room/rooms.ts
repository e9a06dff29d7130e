import type { ConcertDoc, Room } from '../../shared/concerts/concert.model';
import type { Context } from '../../shared/context';

/** The concerts' waiting rooms as MongoDB has them, reloaded about once a second. */
export interface Rooms {
  all(): Room[];
  find(concertId: string): Promise<Room | null>;
  refresh(): Promise<void>;
}

const fields = { opensAt: 1, entryUrl: 1, room: 1 };

export function createRooms({ models }: Context): Rooms {
  let rooms = new Map<string, Room>();
  return {
    all: () => [...rooms.values()],
    find: async (concertId) =>
      rooms.get(concertId) ?? (await models.concerts.findById(concertId, fields).lean<ConcertDoc>().exec()),
    async refresh() {
      const concerts = await models.concerts.find({}, fields).lean<ConcertDoc[]>().exec();
      rooms = new Map(concerts.map((concert) => [concert._id, concert]));
    },
  };
}
