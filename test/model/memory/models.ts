import type { CollectionName, Models } from '../../../shared/models';
import { createCollection, type MemoryCollection } from './collection';
import { type UniqueIndex, uniqueIndexes } from './unique';

type MemoryCollections = Record<CollectionName, MemoryCollection>;

/**
 * Models over collections in memory, for the product's code to run on unchanged. It reaches them by `native`, and by
 * the one mongoose call of `findReplay`.
 * @param lacks a unique index that is not there
 */
export function createMemoryModels(now: () => number, lacks?: { collection: string; index: UniqueIndex['fields'] }) {
  const entries = Array.from(uniqueIndexes, ([name, indexes]) => {
    const kept = indexes.filter(({ fields }) => name !== lacks?.collection || fields.join() !== lacks.index.join());
    return [name, createCollection(name as CollectionName, kept, now)] as const;
  });
  const collections = Object.fromEntries(entries) as MemoryCollections;
  const models = Object.fromEntries(
    entries.map(([name, collection]) => [
      name,
      { collection, findOne: (filter: Record<string, unknown>) => ({ lean: () => collection.findOne(filter) }) },
    ]),
  ) as unknown as Models;
  return { collections, models };
}
