import { z } from 'zod';
import { decodeCursor, toPage } from '../http/paging';
import { invalid } from '../http/parse';

/** Documents that one page reads at most: what no index distinguishes is looked for among these. */
export const mostRead = 1000;

const position = z.tuple([z.string()]);

/** Of the page before, the last id that was read; null at the beginning. */
export const lastRead = (cursor: string | undefined) => decodeCursor(cursor, position)?.[0] ?? null;

/**
 * Makes a page of those that are wanted among documents that were read in order, up to `mostRead` of them. A page may have fewer than
 * `limit` and still a next one.
 * @param read ids with their documents; null: that one is none of those that are looked for
 */
export function filteredPage<D, I>(
  read: readonly (readonly [id: string, document: D | null])[],
  limit: number,
  isWanted: (document: D) => boolean,
  present: (document: D) => I,
): { items: I[]; nextCursor: string | null } {
  const wanted = read.flatMap(([id, document]) =>
    document !== null && isWanted(document) ? [[id, document] as const] : [],
  );
  const page = toPage(
    wanted,
    limit,
    ([, document]) => present(document),
    ([id]) => [id],
  );
  const [last] = read.at(-1) ?? [];
  if (page.nextCursor !== null || last === undefined || read.length < mostRead) return page;
  return {
    ...page,
    nextCursor: toPage(
      [last, last],
      1,
      () => null,
      (id) => [id],
    ).nextCursor,
  };
}

/** @throws Problem VALIDATION_FAILED when nothing says where to look */
export function demandOneOf(query: Record<string, unknown>, names: readonly string[]): void {
  if (names.every((name) => query[name] === undefined))
    throw invalid(
      names.map((name) => ({ path: `query.${name}`, message: `One of these is needed: ${names.join(', ')}` })),
    );
}
