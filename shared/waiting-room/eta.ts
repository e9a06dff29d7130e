import type { Eta } from './queue-token-state';

/** What a script answered about the speed of the line; counts decay with the time constant `measureMs`. */
interface MeasuredRate {
  /** Let in from the line in exchange for somebody who went. */
  letIn: number;
  /** Dropped or left in line. */
  gaveUp: number;
  /** When the counts were last brought up to date, ms. */
  at: number;
  /** When measuring began, ms. */
  since: number;
}

/** The same as in lua/advance.lua. */
const measureMs = 180_000;
const unknownEta = { etaSeconds: null, eta: { known: false, lowSeconds: null, highSeconds: null } };

/**
 * How long until the visitor with `ahead` people before them is let in, in whole seconds, from the measured rate.
 * The bounds are two standard deviations of what a random stream of departures does: few measured, or few ahead, and
 * they lie far apart. The low one also takes it that people ahead give up as often as they lately did.
 * @param perMinute the room's own limit, which no measured rate can exceed for long
 */
export function estimate(
  { letIn, gaveUp, at, since }: MeasuredRate,
  ahead: number,
  perMinute: number | null,
  now: number,
): { etaSeconds: number | null; eta: Eta } {
  const fade = Math.exp((at - now) / measureMs);
  const seen = letIn * fade;
  const elapsedMs = now - since;
  if (seen < 0.5 || elapsedMs <= 0) return unknownEta;
  const coverage = 1 - Math.exp(-elapsedMs / measureMs);
  const limit = perMinute === null ? Number.POSITIVE_INFINITY : perMinute / 60;
  const perSecond = Math.min(seen / ((measureMs / 1000) * coverage), limit);
  const places = ahead + 1;
  const seconds = places / perSecond;
  // Decayed counts weigh as much as up to twice as many plain ones.
  const spread = 1 + 2 * Math.sqrt(1 / (seen * (1 + coverage)) + 1 / places);
  const staying = letIn / (letIn + gaveUp);
  return {
    etaSeconds: Math.ceil(seconds),
    eta: {
      known: true,
      lowSeconds: Math.floor((seconds * staying) / spread),
      highSeconds: Math.ceil(seconds * spread),
    },
  };
}
