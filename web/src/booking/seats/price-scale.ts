/** The prices of a hall, dearest first, and where each one is on the scale of colours: 0 is the dearest, 1 the cheapest. */
export function priceScale(prices: Iterable<number>): Map<number, number> {
  const all = [...new Set(prices)].sort((a, b) => b - a);
  return new Map(all.map((price, i) => [price, all.length > 1 ? i / (all.length - 1) : 0]));
}
