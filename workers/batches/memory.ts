import { LRUCache } from 'lru-cache';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { Documents } from '../../shared/models';
import type { Needs } from '../handler';
import { holderKey } from './batch-state';
import type { Fences } from './fences';
import { type Loadable, type Loaded, newLoaded, put, putPerformances } from './loaded';

/**
 * What an owner of lanes remembers of the batches that it has committed: documents as it left them, and where the lanes'
 * histories end. Nobody else changes wallets of its lanes; what others may have changed since is noticed, since its update names
 * the state that it was decided upon, and each fence its epoch: the batch fails, all is forgotten, and it runs again. Performances
 * are changed by operators, who then move all fences (`outdateBatches`): that is noticed in the same way.
 */
export interface Memory {
  /** What it knows of some needs. Of the holds of a user who asks for more, nothing is remembered: other lanes add to them. */
  recall(needs: Required<Needs>): Loaded;
  /** Whether nobody waits in a standby line, as its lane's owner knows: only its own commands let people join. */
  isEmpty(lineId: string): boolean;
  /** Null unless the end of each of these lanes' histories is known. */
  positions(lanes: Iterable<string>): Map<string, number> | null;
  /**
   * To be called before a batch reads anything; answers how to take up, once it is committed, what it has read and written,
   * and where that leaves the lanes. What was forgotten meanwhile is not learned: it may be of another owner's time.
   */
  begin(): (batch: Pick<Fences, 'positions'> & { loaded: Loaded }, moved: ReadonlyMap<string, number>) => void;
  forget(): void;
}

/** Documents of each collection: enough for the crowd of a sale, at about a kilobyte each. */
const enoughDocuments = 20_000;

const rememberable = ['wallets', 'seats', 'holds'] as const satisfies Loadable[];
type Rememberable = (typeof rememberable)[number];
const maxPerformances = 1000;
/** ms. Bounds how long a change is missed whose operator's process died before it could move the fences. */
const performanceMs = 10_000;

type Remembered = { [C in Rememberable]: LRUCache<string, Documents[C]> };

export function createMemory(maxDocuments = enoughDocuments): Memory {
  const of = <C extends Rememberable>() => new LRUCache<string, Documents[C]>({ max: maxDocuments });
  const remembered: Remembered = { wallets: of<'wallets'>(), seats: of<'seats'>(), holds: of<'holds'>() };
  /** Users and performances of which all paid holds are remembered, and their ids. */
  const holders = new LRUCache<string, Set<string>>({ max: maxDocuments });
  const emptyLines = new LRUCache<string, true>({ max: maxDocuments });
  const performances = new LRUCache<string, PerformanceDoc>({ max: maxPerformances, ttl: performanceMs });
  const positions = new Map<string, number>();
  let forgotten = 0;

  function recallIds<C extends Rememberable>(loaded: Loaded, name: C, ids: Iterable<string>): void {
    for (const id of ids) {
      const doc = remembered[name].get(id) as Documents[C] | undefined;
      if (doc) put(loaded, name, [id], [doc], true);
    }
  }

  function learnSlots<C extends Rememberable>({ slots }: Loaded, name: C): void {
    for (const [id, { current }] of slots[name]) (remembered[name] as LRUCache<string, object>).set(id, current);
  }

  return {
    recall(needs) {
      const loaded = newLoaded();
      for (const name of rememberable) recallIds(loaded, name, needs[name]);
      const known = needs.performances.flatMap((id) => performances.get(id) ?? []);
      putPerformances(
        loaded,
        known.map(({ _id }) => _id),
        known,
      );
      for (const payer of needs.payers) {
        const holdIds = holders.get(holderKey(payer));
        if (!holdIds || [...holdIds].some((id) => !remembered.holds.has(id))) continue;
        recallIds(loaded, 'holds', holdIds);
        loaded.payers.add(holderKey(payer));
      }
      return loaded;
    },
    isEmpty: (id) => emptyLines.has(id),
    positions(lanes) {
      const known = Array.from(lanes, (lane) => [lane, positions.get(lane)] as const);
      return known.every((entry): entry is [string, number] => entry[1] !== undefined) ? new Map(known) : null;
    },
    begin() {
      const begunAt = forgotten;
      return ({ loaded, positions: from }, moved) => {
        if (forgotten !== begunAt) return;
        // A fence that is not where it was left has been moved by an operator, or may have been before this lane was known.
        if (Array.from(moved.keys()).some((lane) => positions.get(lane) !== from.get(lane))) performances.clear();
        for (const performance of loaded.performances.values()) performances.set(performance._id, performance);
        for (const name of rememberable) learnSlots(loaded, name);
        for (const key of [...loaded.holders, ...loaded.payers]) holders.set(key, new Set());
        for (const [id, { current }] of loaded.slots.holds)
          if (current.status === 'paid' || current.status === 'held') holders.get(holderKey(current))?.add(id);
        for (const [id, lane] of loaded.lanesOfLines) {
          if (loaded.slots.standbyLines.get(id)?.current.waiting) emptyLines.delete(id);
          // Of a line of another lane one knows nothing once the batch is over.
          else if (moved.has(lane)) emptyLines.set(id, true);
        }
        for (const [lane, position] of moved) positions.set(lane, position);
      };
    },
    forget() {
      forgotten += 1;
      for (const cache of Object.values(remembered)) cache.clear();
      holders.clear();
      emptyLines.clear();
      performances.clear();
      positions.clear();
    },
  };
}
