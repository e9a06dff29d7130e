import type { Document } from 'mongodb';
import type { CollectionName, Models } from '../../../shared/models';
import { createCollection, type MemoryCollection } from './collection';
import { runInMemory } from './statement';
import { type UniqueIndex, uniqueIndexes } from './unique';

type MemoryCollections = Record<CollectionName, MemoryCollection>;

/**
 * Models over collections in memory, for the product's code to run on unchanged. It reaches them by `native`, by
 * `runStatement`, and by the one mongoose call of `findReplay`.
 * @param lacks a unique index that is not there
 */
export function createMemoryModels(now: () => number, lacks?: { collection: string; index: UniqueIndex['fields'] }) {
  const entries = Array.from(uniqueIndexes, ([name, indexes]) => {
    const kept = indexes.filter(({ fields }) => name !== lacks?.collection || fields.join() !== lacks.index.join());
    return [name, createCollection(name as CollectionName, kept, now)] as const;
  });
  const collections = Object.fromEntries(entries) as MemoryCollections;
  const command = (statement: Document, options?: object) => runInMemory(collections, statement, options, now);
  const db = { db: { command } };
  const models = Object.fromEntries(
    entries.map(([name, collection]) => [
      name,
      {
        collection,
        db,
        findOne: (filter: Record<string, unknown>) => ({ lean: () => collection.findOne(filter) }),
      },
    ]),
  ) as unknown as Models;
  return { collections, models };
}
