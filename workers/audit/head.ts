/** Documents in batches, in the order of some key. */
export type Stream<T> = AsyncIterable<readonly T[]>;

/** The front of a sorted stream: one document at a time, without a promise for each. */
export interface Head<T> {
  /** Null at the end. */
  doc: T | null;
  key: string;
  /** Moves on. False: the next batch must be waited for, by `refill`. */
  advance(): boolean;
  refill(): Promise<void>;
}

/** @param keyOf must increase (or stay) along the stream, in the order of `compareKeys` */
export async function openHead<T>(stream: Stream<T>, keyOf: (doc: T) => string): Promise<Head<T>> {
  const batches = stream[Symbol.asyncIterator]();
  let batch: readonly T[] = [];
  let next = 0;
  const head: Head<T> = {
    doc: null,
    key: '',
    advance() {
      if (next >= batch.length) return false;
      show();
      return true;
    },
    async refill() {
      do {
        const { value, done } = await batches.next();
        batch = done ? [] : value;
        next = 0;
        if (done) break;
      } while (batch.length === 0);
      show();
    },
  };

  function show(): void {
    head.doc = batch[next] ?? null;
    head.key = head.doc === null ? '' : keyOf(head.doc);
    next += 1;
  }

  await head.refill();
  return head;
}

/** MongoDB's order of strings: by code point, where JavaScript's `<` goes by UTF-16 unit. Both agree below U+D800. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  if (high.test(a) && high.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

const high = /[\ud800-\uffff]/;
