import { compareKeys, type Head, openHead, type Stream } from './head';

/** A stream and the key that it is sorted by. */
export interface Side<T> {
  stream: Stream<T>;
  keyOf(doc: T): string;
}

type Sides = Record<string, Side<unknown>>;
/** The documents of one key, by side. Reused for the next key. */
export type Row<S extends Sides> = { [K in keyof S]: S[K] extends Side<infer T> ? T[] : never };

/** Most documents of one side that are collected for one key: healthy data has a handful, memory is bounded with any. */
const maxPerKey = 1000;

/** Declares a side; keeps the type of its documents. */
export function side<T>(stream: Stream<T>, keyOf: (doc: T) => string): Side<T> {
  return { stream, keyOf };
}

/** Walks sorted streams together, in one pass: `visit` gets each key once, with every side's documents of that key. */
export async function mergeByKey<S extends Record<string, Side<unknown>>>(
  sides: S,
  visit: (key: string, row: Row<S>) => void,
): Promise<void> {
  const names = Object.keys(sides);
  const heads: Head<unknown>[] = [];
  const rows: unknown[][] = [];
  const row: Record<string, unknown[]> = {};
  for (const name of names) {
    const { stream, keyOf } = sides[name] as Side<unknown>;
    heads.push(await openHead(stream, keyOf));
    const docs: unknown[] = [];
    rows.push(docs);
    row[name] = docs;
  }
  for (let key = minKey(heads); key !== null; key = minKey(heads)) {
    for (const [index, head] of heads.entries()) {
      const docs = rows[index] as unknown[];
      docs.length = 0;
      while (head.doc !== null && head.key === key) {
        if (docs.length < maxPerKey) docs.push(head.doc);
        if (!head.advance()) await head.refill();
      }
    }
    visit(key, row as Row<S>);
  }
}

function minKey(heads: readonly Head<unknown>[]): string | null {
  let min: string | null = null;
  for (const { doc, key } of heads) {
    if (doc !== null && (min === null || compareKeys(key, min) < 0)) min = key;
  }
  return min;
}
