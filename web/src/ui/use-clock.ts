import { useEffect } from 'preact/hooks';
import { serverNow, tick, watchClock } from '../platform/server-clock';

/** Whole seconds until then by the server's clock, never below zero; draws anew when they change. */
export function useSecondsUntil(iso: string | null): number | null {
  useEffect(() => (iso === null ? undefined : watchClock()), [iso]);
  void tick.value;
  return iso === null ? null : Math.max(0, Math.ceil((Date.parse(iso) - serverNow()) / 1000));
}
