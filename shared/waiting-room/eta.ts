/** How long the wait will be, from the measured rate of admissions. All null and `known: false` until there is one. */
export interface Eta {
  known: boolean;
  lowSeconds: number | null;
  highSeconds: number | null;
}

/** How fast the line moves; counts decay with the time constant `measureMs`. */
interface MeasuredRate {
  /** Admitted from the line in exchange for a visitor who went. */
  admitted: number;
  /** Dropped or left in line. */
  gaveUp: number;
  /** When the counts were last brought up to date, ms. */
  measuredAt: number;
  /** When measuring began, ms. */
  measuredSince: number;
}

/** The same as in lua/advance.lua. */
const measureMs = 180_000;
const unknownEta = { etaSeconds: null, eta: { known: false, lowSeconds: null, highSeconds: null } };

/**
 * How long until the visitor with `ahead` others in front is admitted, in whole seconds, from the measured rate.
 * The bounds are two standard deviations of what a random stream of departures does: few measured, or few ahead, and
 * they lie far apart. The low one also assumes that visitors ahead give up as often as they lately did.
 * @param perMinute the waiting room's own limit, which no measured rate can exceed for long
 */
export function estimateWait(
  { admitted, gaveUp, measuredAt, measuredSince }: MeasuredRate,
  ahead: number,
  perMinute: number | null,
  now: number,
): { etaSeconds: number | null; eta: Eta } {
  const fade = Math.exp((measuredAt - now) / measureMs);
  const seen = admitted * fade;
  const elapsedMs = now - measuredSince;
  if (seen < 0.5 || elapsedMs <= 0) return unknownEta;
  const coverage = 1 - Math.exp(-elapsedMs / measureMs);
  const limit = perMinute === null ? Number.POSITIVE_INFINITY : perMinute / 60;
  const perSecond = Math.min(seen / ((measureMs / 1000) * coverage), limit);
  const position = ahead + 1;
  const seconds = position / perSecond;
  // Decayed counts weigh as much as up to twice as many plain ones.
  const spread = 1 + 2 * Math.sqrt(1 / (seen * (1 + coverage)) + 1 / position);
  const staying = admitted / (admitted + gaveUp);
  return {
    etaSeconds: Math.ceil(seconds),
    eta: {
      known: true,
      lowSeconds: Math.floor((seconds * staying) / spread),
      highSeconds: Math.ceil(seconds * spread),
    },
  };
}
