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
    const upserted: Document[] = [];
    let n = 0;
    for (const [index, update] of statement.updates.entries()) {
      const { matched, made } = await updateOne(collection, update, options);
      n += matched + made;
      if (made) upserted.push({ index, _id: update.q._id });
    }
    return { n, ...(upserted.length > 0 && { upserted }) };
  }
  if (verb === 'aggregate') return { cursor: { firstBatch: aggregate(collections, collection, statement, now) } };
  throw new Error(`the memory store does not know ${verb}`);
}

async function updateOne(collection: MemoryCollection, { q, u, upsert }: Document, options?: object) {
  const [found] = await collection.find(q).limit(1).toArray();
  if (found) return { matched: (await collection.updateMany({ _id: found._id }, u, options)).matchedCount, made: 0 };
  if (upsert) await collection.insertOne({ _id: q._id, ...u.$setOnInsert }, options);
  return { matched: 0, made: upsert ? 1 : 0 };
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
