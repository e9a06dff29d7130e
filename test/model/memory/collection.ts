import type { Document } from 'mongodb';
import type { CollectionName } from '../../../shared/models';
import { type Filter, matches } from './matches';
import type { MemorySession } from './session';
import { demandUnique, duplicateKey, duplicateKeys, isDuplicate, type UniqueIndex } from './unique';

interface Options {
  session?: unknown;
  /** False: what can't be inserted keeps nothing after it from being inserted. */
  ordered?: boolean;
}

type Doc = Document & { _id: string };

interface Change {
  $set?: Document;
  $inc?: Record<string, number>;
}

/** What the product's code uses of a driver's collection, with the database's unique indexes and transactions. */
export type MemoryCollection = ReturnType<typeof createCollection>;

/** @param now the database's clock, milliseconds */
export function createCollection(name: CollectionName, indexes: readonly UniqueIndex[], now: () => number) {
  const docs = new Map<string, Doc>();

  /** Frozen: whoever changes what it has read changes the database behind its back. */
  function put(doc: Doc, options: Options | undefined): void {
    demandUnique(name, indexes, docs.values(), doc);
    const before = docs.get(doc._id);
    const undo = () => void (before ? docs.set(doc._id, before) : docs.delete(doc._id));
    (options?.session as MemorySession | undefined)?.written(undo);
    docs.set(doc._id, Object.freeze(doc));
  }

  function insert(doc: Doc, options: Options | undefined): void {
    if (docs.has(doc._id)) throw duplicateKey(`${name} ${doc._id}`);
    put(doc, options);
  }

  function update(found: Doc[], { $set, $inc = {} }: Change, options: Options | undefined): number {
    for (const doc of found) {
      const increased = Object.entries($inc).map(([field, by]) => [field, doc[field] + by]);
      put({ ...doc, ...$set, ...Object.fromEntries(increased), _id: doc._id }, options);
    }
    return found.length;
  }

  function select(filter: Filter): Doc[] {
    const ids = idsIn(filter);
    const candidates = ids ? ids.flatMap((id) => docs.get(id) ?? []) : [...docs.values()];
    return candidates.filter((doc) => matches(doc, filter));
  }

  return {
    docs,
    find: (filter: Filter = {}) => createCursor(select(filter), now),
    findOne: async (filter: Filter) => select(filter)[0] ?? null,
    async insertMany(all: Doc[], options?: Options) {
      const refused: number[] = [];
      for (const [index, doc] of all.entries()) {
        try {
          insert(doc, options);
        } catch (error) {
          if (!isDuplicate(error)) throw error;
          refused.push(index);
          if (options?.ordered !== false) break;
        }
      }
      if (refused.length > 0) throw duplicateKeys(name, refused);
    },
    async insertOne(doc: Doc, options?: Options) {
      insert(doc, options);
    },
    async updateMany(filter: Filter, change: Change, options?: Options) {
      return { matchedCount: update(select(filter), change, options) };
    },
  };
}

/** The ids that a filter names, if it does. */
function idsIn({ _id }: Filter): string[] | null {
  if (typeof _id === 'string') return [_id];
  return (_id as { $in?: string[] } | undefined)?.$in ?? null;
}

function createCursor(found: Doc[], now: () => number) {
  let docs: Document[] = found;
  const cursor = {
    sort(order: Record<string, 1 | -1>) {
      docs = docs.toSorted((a, b) => compare(a, b, Object.entries(order)));
      return cursor;
    },
    limit(most: number) {
      docs = docs.slice(0, most);
      return cursor;
    },
    project(fields: Record<string, unknown>) {
      const times = Object.keys(fields).filter((field) => fields[field] === '$$NOW');
      docs = docs.map((doc) => ({ ...doc, ...Object.fromEntries(times.map((field) => [field, new Date(now())])) }));
      return cursor;
    },
    all: () => docs,
    toArray: async () => docs,
    async *[Symbol.asyncIterator]() {
      yield* docs;
    },
  };
  return cursor;
}

function compare(a: Document, b: Document, order: [string, 1 | -1][]): number {
  for (const [field, direction] of order) {
    if (a[field] > b[field]) return direction;
    if (a[field] < b[field]) return -direction;
  }
  return 0;
}
