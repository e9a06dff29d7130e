/** How many of a unit, as a number or as a range of numbers. */
type Count = (n: number, text?: string) => string;

interface DurationWords {
  seconds: Count;
  minutes: Count;
  hours: Count;
  days: Count;
}

const units = [
  ['seconds', 1, 90],
  ['minutes', 60, 90 * 60],
  ['hours', 3600, 48 * 3600],
  ['days', 24 * 3600, Number.POSITIVE_INFINITY],
] as const;

/** A span in the unit that is usual: 40 seconds, 3 minutes, 2 hours, 5 days. */
export function duration(seconds: number, words: DurationWords): string {
  return between(seconds, seconds, words, String);
}

/** Two spans in the unit of the longer one: 4 to 13 minutes. @param range how a language joins the numbers */
export function between(
  low: number,
  high: number,
  words: DurationWords,
  range: (low: string, high: string) => string,
): string {
  const [unit, length] = units.find(([, , max]) => high < max) ?? units[3];
  const [min, max] = [low, high].map((span) => Math.max(1, Math.round(span / length))) as [number, number];
  return min === max ? words[unit](max) : words[unit](max, range(String(min), String(max)));
}
