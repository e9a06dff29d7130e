/** Loads at most once in `ms` milliseconds, however many ask; a failure is forgotten at once. */
export function remember<T>(load: () => Promise<T>, ms: number): () => Promise<T> {
  let kept: { value: Promise<T>; at: number } | null = null;
  return () => {
    const now = performance.now();
    if (kept && now - kept.at < ms) return kept.value;
    const value = load();
    const entry = { value, at: now };
    kept = entry;
    value.catch(() => {
      if (kept === entry) kept = null;
    });
    return value;
  };
}
