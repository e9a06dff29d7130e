import type { Axis } from '../../simulate/report/svg';
import type { Span } from '../ask-panels';

/** Seconds between two marks. */
const steps = [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];
const mostMarks = 6;

/** The time of day (UTC), marked where it is round. */
export function timeAxis({ from, to }: Span): Axis {
  const step = steps.find((seconds) => (to - from) / seconds <= mostMarks) ?? 3600;
  // A mark in the corner would touch those of the other axis.
  const first = Math.ceil((from + (to - from) / 20) / step) * step;
  const ticks = Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, i) => first + i * step);
  const shown = step % 60 === 0 ? [11, 16] : [11, 19];
  return { label: '', min: from, max: to, ticks, format: (at) => new Date(at * 1000).toISOString().slice(...shown) };
}
