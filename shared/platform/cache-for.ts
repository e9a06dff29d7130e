/** Loads at most once in `ms` milliseconds, however many ask; a failure is not cached. */
export function cacheFor<T>(load: () => Promise<T>, ms: number): () => Promise<T> {
  let cached: { value: Promise<T>; at: number } | null = null;
  return () => {
    const now = performance.now();
    if (cached && now - cached.at < ms) return cached.value;
    const value = load();
    const entry = { value, at: now };
    cached = entry;
    value.catch(() => {
      if (cached === entry) cached = null;
    });
    return value;
  };
}
