import { type HttpConnection, openConnection } from './connection';

/** Does the work for each item over some connections at once, in their order; answers the results in that order, too. */
export async function sideBySide<T, R>(
  port: number,
  items: readonly T[],
  work: (connection: HttpConnection, item: T, index: number) => Promise<R>,
  most = 64,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const open = await Promise.all(Array.from({ length: Math.min(most, items.length) }, () => openConnection(port)));
  try {
    await Promise.all(
      open.map(async (connection) => {
        while (next < items.length) {
          const index = next++;
          results[index] = await work(connection, items[index] as T, index);
        }
      }),
    );
  } finally {
    for (const connection of open) connection.close();
  }
  return results;
}
