import DataLoader from 'dataloader';
import type { Model } from 'mongoose';
import type { CollectionName, Documents, Models } from '../../shared/models';

/** Answers the document with this id, or null. */
type FindById<T> = (id: string) => Promise<T | null>;

const collections = ['commands', 'holds', 'payments', 'reservations', 'standbyEntries', 'wallets'] as const;

export type Finders = { [C in (typeof collections)[number]]: FindById<Documents[C]> };

export function createFinders(models: Models): Finders {
  return Object.fromEntries(collections.map((name) => [name, createFindById(models, name)])) as unknown as Finders;
}

/** Ids in one query. */
const maxIds = 200;

/**
 * Reads by id; callers in the same turn of the event loop share one query, which under load is most of what a read
 * costs here. No call waits for others, and nothing is cached. Through models: what is found is committed by a majority.
 */
function createFindById<C extends CollectionName>(models: Models, name: C): FindById<Documents[C]> {
  type Document = Documents[C] & { _id: string };
  const model = models[name] as unknown as Model<Document>;
  const loader = new DataLoader<string, Document | null>(
    async (ids) => {
      const found = await model.find({ _id: { $in: ids } }).lean<Document[]>();
      const byId = new Map(found.map((document) => [document._id, document]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { cache: false, maxBatchSize: maxIds, batchScheduleFn: setImmediate },
  );
  return (id) => loader.load(id);
}
