import type { ConcertDoc, Room } from '../../shared/concerts/concert.model';
import type { Context } from '../../shared/context';

/** The concerts' waiting rooms as MongoDB has them. */
export interface Rooms {
  /** Of these concerts, now. */
  read(concertIds: readonly string[]): Promise<Room[]>;
  /** As it was when it was last read, if it was among those; else as it is. */
  find(concertId: string): Promise<Room | null>;
  /** Ids of concerts in their order, behind one of them. */
  idsAfter(concertId: string, limit: number): Promise<string[]>;
}

const fields = { opensAt: 1, entryUrl: 1, room: 1 };

export function createRooms({ models }: Context): Rooms {
  let rooms = new Map<string, Room>();
  return {
    async read(concertIds) {
      const concerts =
        concertIds.length === 0
          ? []
          : await models.concerts
              .find({ _id: { $in: concertIds } }, fields)
              .lean<ConcertDoc[]>()
              .exec();
      rooms = new Map(concerts.map((concert) => [concert._id, concert]));
      return concerts;
    },
    find: async (concertId) =>
      rooms.get(concertId) ?? (await models.concerts.findById(concertId, fields).lean<ConcertDoc>().exec()),
    async idsAfter(concertId, limit) {
      const found = models.concerts
        .find({ _id: { $gt: concertId } }, { _id: 1 })
        .sort({ _id: 1 })
        .limit(limit);
      return (await found.lean()).map(({ _id }) => _id);
    },
  };
}
