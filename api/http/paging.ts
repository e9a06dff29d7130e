import { z } from 'zod';
import { invalid } from './parse';

/** Query of a list: an opaque cursor and a page size. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: 'Most items on a page', example: 20 }),
  cursor: z.string().max(400).optional().meta({ description: '`nextCursor` of the page before' }),
});

/** A time in the position behind a cursor, ms: no more than a Date can be. */
export const timeOfCursor = z.int().min(-8.64e15).max(8.64e15);

/** A page of `item`: `nextCursor` is null at the end. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}

export function encodeCursor(position: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * The position behind a cursor, null without one.
 * @throws Problem VALIDATION_FAILED for anything that no page answered
 */
export function decodeCursor<S extends z.ZodType>(cursor: string | undefined, position: S): z.output<S> | null {
  if (cursor === undefined) return null;
  const parsed = position.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw invalid([{ path: 'query.cursor', message: 'Not a cursor of this list' }]);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Makes a page of `limit` items from up to one more than that, which shows that there is a next page. */
export function toPage<D, I>(
  found: D[],
  limit: number,
  present: (doc: D) => I,
  positionOf: (doc: D) => readonly (string | number)[],
): { items: I[]; nextCursor: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = found.length > limit && last ? encodeCursor(positionOf(last)) : null;
  return { items: page.map(present), nextCursor };
}
