interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** All items of a list, page after page, each fetched when it is needed. */
export async function* pages<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await fetchPage(cursor);
    yield* items;
    cursor = nextCursor ?? undefined;
  } while (cursor);
}
