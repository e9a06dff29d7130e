export interface DurationWords {
  seconds(n: number): string;
  minutes(n: number): string;
  hours(n: number): string;
}

/** A span in the unit that people would use: 40 seconds, 3 minutes, 2 hours. */
export function duration(seconds: number, words: DurationWords): string {
  if (seconds < 90) return words.seconds(Math.max(1, Math.round(seconds)));
  if (seconds < 90 * 60) return words.minutes(Math.round(seconds / 60));
  return words.hours(Math.round(seconds / 3600));
}
