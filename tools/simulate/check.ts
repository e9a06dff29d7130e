import type { Client } from '../../client/src/index';
import type { Recorder } from './record';
import type { Sale } from './sale';

const minuteMs = 60_000;

/** What can be known of a sale only at its end, added to what went wrong on the way. */
export async function checkSale(
  client: Client,
  sale: Sale,
  { purchases, entries, violations }: Recorder,
): Promise<void> {
  const buyers = new Map<string, string>();
  for (const { holdId, seatIds } of purchases)
    for (const seatId of seatIds) {
      const other = buyers.get(seatId);
      if (other) violations.push(`${seatId} is sold twice: for ${other} and for ${holdId}`);
      buyers.set(seatId, holdId);
    }
  const maps = await Promise.all(sale.performanceIds.map((id) => client.performances.seats(id)));
  const sold = new Set(maps.flat().flatMap(({ id, status }) => (status === 'sold' ? [id] : [])));
  for (const seatId of buyers.keys()) if (!sold.has(seatId)) violations.push(`${seatId} is paid, but not sold`);
  if (sale.own)
    for (const seatId of sold)
      if (!buyers.has(seatId)) violations.push(`${seatId} is sold, but nobody here has paid it`);
  const most = mostWithin(
    entries.map(({ entered }) => entered),
    minuteMs,
  );
  if (sale.admitPerMinute !== null && most > sale.admitPerMinute)
    violations.push(`${most} were let in within a minute, and ${sale.admitPerMinute} is the limit`);
}

/** The most of these moments that lie within `spanMs`. */
export function mostWithin(moments: number[], spanMs: number): number {
  const sorted = [...moments].sort((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] ?? 0) - (sorted[first] ?? 0) >= spanMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
