import type { IndexDescriptionInfo } from 'mongodb';
import type { Models } from '../models';

interface Indexed {
  schema: { indexes(): [keys: object, options: object][] };
  collection: { name: string; listIndexes(): { toArray(): Promise<IndexDescriptionInfo[]> } };
}

/** Of an index, what decides which documents it has, which it refuses, and which it lets go. */
type Described = Pick<IndexDescriptionInfo, 'key' | 'unique' | 'partialFilterExpression' | 'expireAfterSeconds'>;

/** The indexes that the models ask for and the database does not have as they are meant. */
export async function missingIndexes(models: Models): Promise<string[]> {
  const missing = await Promise.all((Object.values(models) as unknown as Indexed[]).map(missingOf));
  return missing.flat();
}

async function missingOf({ schema, collection }: Indexed): Promise<string[]> {
  const needed = schema.indexes();
  if (needed.length === 0) return [];
  const there = new Set((await collection.listIndexes().toArray()).map(describeIndex));
  return needed
    .map(([key, options]) => describeIndex({ key: key as Described['key'], ...options }))
    .filter((index) => !there.has(index))
    .map((index) => `${collection.name} ${index}`);
}

/** In one line, the same for the same index: MongoDB and drivers differ in what they leave out. */
export function describeIndex({ key, unique, partialFilterExpression, expireAfterSeconds }: Described): string {
  return [
    ...(unique ? ['unique'] : []),
    JSON.stringify(key),
    ...(partialFilterExpression ? [`where ${JSON.stringify(sorted(partialFilterExpression))}`] : []),
    ...(expireAfterSeconds === undefined ? [] : [`for ${expireAfterSeconds} s`]),
  ].join(' ');
}

/** A filter means the same in whatever order its fields stand; the fields of a key do not. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
