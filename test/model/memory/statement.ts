import type { Document } from 'mongodb';
import type { MemoryCollection } from './collection';

type Collections = Readonly<Record<string, MemoryCollection>>;

/** MongoDB's `insert`, `update` and `aggregate`, as far as batches send them. */
export async function runInMemory(
  collections: Collections,
  statement: Document,
  options: { session?: unknown } | undefined,
  now: () => number,
): Promise<Document> {
  const [[verb, name] = []] = Object.entries(statement);
  const collection = collections[String(name)];
  if (!collection) throw new Error(`the memory store has no ${name}`);
  if (verb === 'insert') {
    for (const document of statement.documents) await collection.insertOne(document, options);
    return { n: statement.documents.length };
  }
  if (verb === 'update') {
    let n = 0;
    for (const update of statement.updates) n += await updateOne(collection, update, options);
    return { n };
  }
  if (verb === 'aggregate') return { cursor: { firstBatch: aggregate(collections, collection, statement, now) } };
  throw new Error(`the memory store does not know ${verb}`);
}

async function updateOne(collection: MemoryCollection, { q, u, upsert }: Document, options?: object): Promise<number> {
  const [found] = await collection.find(q).limit(1).toArray();
  if (found) return (await collection.updateMany({ _id: found._id }, u, options)).matchedCount;
  if (!upsert) return 0;
  await collection.insertOne({ _id: q._id, ...u.$setOnInsert }, options);
  return 1;
}

/** Fences in one row, and lookups beside them that have nothing to do with them. */
function aggregate(collections: Collections, fences: MemoryCollection, { pipeline }: Document, now: () => number) {
  const [{ $match }, { $group }, ...lookups] = pipeline;
  if ($group.now.$first !== '$$NOW') throw new Error('the memory store knows one kind of group only');
  const found = [...fences.docs.values()].filter(({ _id }) => $match._id.$in.includes(_id));
  if (found.length === 0) return [];
  const row: Document = { now: new Date(now()), fences: found };
  for (const { $lookup } of lookups) row[$lookup.as] = select(collections[$lookup.from], $lookup.pipeline);
  return [row];
}

function select(
  collection: MemoryCollection | undefined,
  [{ $match } = {}, { $sort } = {}, { $limit } = {}]: Document[],
) {
  let cursor = collection?.find($match);
  if ($sort) cursor = cursor?.sort($sort);
  if ($limit) cursor = cursor?.limit($limit);
  return cursor?.all() ?? [];
}
