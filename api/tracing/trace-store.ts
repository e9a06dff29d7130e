import type { Tracing } from '../../shared/tracing/tracing';

/**
 * One insert stores the commands of several requests: its span hangs below the first one's and is linked to the others'.
 * @param traces of the requests that are traced
 */
export async function traceStore<T>(
  tracing: Tracing | null,
  traces: (string | undefined)[],
  work: () => Promise<T>,
): Promise<T> {
  const [parent, ...links] = traces.filter((trace) => trace !== undefined);
  if (!tracing || parent === undefined) return work();
  const span = tracing.start('store commands', { parent, links, attributes: { 'frontrow.group.size': traces.length } });
  try {
    const value = await tracing.within(span, work);
    span.end();
    return value;
  } catch (error) {
    span.end({ error });
    throw error;
  }
}
