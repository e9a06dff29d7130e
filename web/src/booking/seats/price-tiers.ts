/** So many prices have a colour of their own; the cheapest ones share the last. */
const tierCount = 5;

/** The prices of a hall, dearest first, and the tier of each: 0 is the dearest. */
export function priceTiers(prices: Iterable<number>): Map<number, number> {
  const all = [...new Set(prices)].sort((a, b) => b - a);
  return new Map(all.map((price, i) => [price, Math.min(i, tierCount - 1)]));
}
