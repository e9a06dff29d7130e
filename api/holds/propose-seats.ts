import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/platform/clock';
import type { OwnSeatsOf, Reader } from '../concerts/own-seats';
import type { PresentedSeat } from '../concerts/read-seats';
import type { SeatMapSnapshot } from '../concerts/seat-map-cache';
import type { Cache } from '../reads/cache';
import { bestAvailable, type Nothing, type Proposal, type Wish } from './best-available';
import { rowsOf, type SeatRow } from './seat-rows';

/** What is proposed to somebody is proposed to nobody else for so long: as old as a map may be, and a batch that is late. */
const proposedMs = 3000;
/** Seats that are remembered as proposed. */
const maxProposed = 100_000;

export interface SeatProposals {
  /** Null: no such performance. */
  propose(reader: Reader, wish: Wish): Promise<Proposal | Nothing | null>;
  /** Its first group may be proposed to others at once: no command came of it. */
  withdraw(proposal: Proposal): void;
}

/** Proposes seats from the map, which may be old: the lane takes the first group that is free when its turn comes. */
export function createSeatProposals(maps: Cache<SeatMapSnapshot>, ownSeats: OwnSeatsOf, clock: Clock): SeatProposals {
  const rows = new WeakMap<SeatMapSnapshot, SeatRow[]>();
  const proposedUntil = new LRUCache<string, number>({ max: maxProposed });
  const isFree = (seatId: string) => (proposedUntil.get(seatId) ?? 0) <= clock.now();

  function rowsOfMap(map: SeatMapSnapshot): SeatRow[] {
    const known = rows.get(map) ?? rowsOf((JSON.parse(map.bytes.toString()) as { seats: PresentedSeat[] }).seats);
    rows.set(map, known);
    return known;
  }

  return {
    async propose(reader, wish) {
      let map = await maps.get(reader.performanceId);
      if (!map) return null;
      let found = bestAvailable(rowsOfMap(map), wish, isFree);
      // Whoever has just bought seats or given some back must see that. For all others the map is new enough: a flood on a
      // sold-out date costs none.
      if (!('groups' in found) && (await ownSeats(reader)).changed) {
        map = (await maps.fresh(reader.performanceId)) ?? map;
        found = bestAvailable(rowsOfMap(map), wish, isFree);
      }
      // Some of what others were proposed may not become theirs.
      if (!('groups' in found)) found = bestAvailable(rowsOfMap(map), wish);
      if ('groups' in found) for (const id of found.groups[0] ?? []) proposedUntil.set(id, clock.now() + proposedMs);
      return found;
    },
    withdraw({ groups: [first = []] }) {
      for (const id of first) proposedUntil.delete(id);
    },
  };
}
