/** Opens so many live seat maps, as browsers do. @returns closes them */
export function watchSeats(url: string, performanceId: string, count: number): () => void {
  const closing = new AbortController();
  async function watch(): Promise<void> {
    const { body } = await fetch(`${url}/v1/performances/${performanceId}/seats/events`, { signal: closing.signal });
    for await (const _ of body ?? []);
  }
  // A stream that ends early is one less on the picture, and no harm.
  for (let i = 0; i < count; i += 1) watch().catch(() => undefined);
  return () => closing.abort();
}
