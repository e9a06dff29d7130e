import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/platform/clock';

/** Answers a value by id, loading it when it is missing or older than `maxAgeMs`; once, however many ask at a time. */
export interface Cache<V> {
  get(id: string): Promise<V | null>;
  /** The value as it is from now on: loaded by a load that begins after the call, one for all who ask during another. */
  fresh(id: string): Promise<V | null>;
  drop(id: string): void;
}

/** From memory, by waiting for a load that somebody else began, or by a load. */
export type CacheRead = 'cached' | 'shared' | 'loaded';

interface Options<V> {
  clock: Clock;
  maxEntries: number;
  /** For values that differ in size: how large all may be together. One that is larger alone is not cached. */
  size?: { max: number; sizeOf(value: V): number };
  maxAgeMs: number;
  /** Null when there is no such thing; that is not cached. */
  load(id: string): Promise<V | null>;
  /** Gets how each `get` was answered. */
  onRead?(how: CacheRead): void;
}

export function createCache<V extends object>({
  clock,
  maxEntries,
  size,
  maxAgeMs,
  load,
  onRead,
}: Options<V>): Cache<V> {
  const kept = new LRUCache<string, { value: V; loadedAt: number }>({
    max: maxEntries,
    ...(size && { maxSize: size.max, sizeCalculation: ({ value }) => Math.max(1, size.sizeOf(value)) }),
  });
  const loading = new Map<string, Promise<V | null>>();
  const queued = new Map<string, Promise<V | null>>();

  async function loadNow(id: string): Promise<V | null> {
    const loadedAt = clock.now();
    const value = await load(id);
    if (value) kept.set(id, { value, loadedAt });
    else kept.delete(id);
    return value;
  }

  function loadOnce(id: string): Promise<V | null> {
    const started = loadNow(id).finally(() => loading.delete(id));
    loading.set(id, started);
    return started;
  }

  return {
    async get(id) {
      const entry = kept.get(id);
      const cached = entry && Math.abs(clock.now() - entry.loadedAt) < maxAgeMs;
      const running = loading.get(id);
      onRead?.(cached ? 'cached' : running === undefined ? 'loaded' : 'shared');
      return cached ? entry.value : (running ?? loadOnce(id));
    },
    fresh(id) {
      const running = loading.get(id);
      if (!running) return loadOnce(id);
      const next =
        queued.get(id) ??
        running
          .catch(() => null)
          .then(() => {
            queued.delete(id);
            return loading.get(id) ?? loadOnce(id);
          });
      queued.set(id, next);
      return next;
    },
    drop: (id) => void kept.delete(id),
  };
}
