import { useState } from 'preact/hooks';
import { type Resource, useResource } from './use-resource';

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

interface Pages<T> extends Resource<T[]> {
  /** Shows the next page too; null at the end. */
  more: (() => void) | null;
}

/** A list, page after page as it is asked for. */
export function usePages<T>(
  key: string | null,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  const [wanted, setWanted] = useState(1);
  const { data, ...rest } = useResource(key && `${key} ${wanted}`, async (signal) => {
    const items: T[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await fetchPage(cursor, signal);
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
      pages += 1;
    } while (cursor && pages < wanted);
    return { items, hasMore: cursor !== undefined };
  });
  const [last, setLast] = useState({ key, data });
  // The earlier pages stay while the next one is on its way.
  if ((data && data !== last.data) || last.key !== key) setLast({ key, data });
  const shown = data ?? (last.key === key ? last.data : null);
  return { ...rest, data: shown?.items ?? null, more: shown?.hasMore ? () => setWanted((n) => n + 1) : null };
}
