import { computed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { serverNow, tick, watchClock } from '../platform/server-clock';

/** Whole seconds until then by the server's clock, never below zero; draws anew when they change. */
export function useSecondsUntil(iso: string | null): number | null {
  return useTimeLeft(iso, (leftMs) => Math.max(0, Math.ceil(leftMs / 1000)));
}

/** Draws anew once it is then by the server's clock. */
export function useRedrawAt(iso: string | null): void {
  useTimeLeft(iso, (leftMs) => leftMs <= 0);
}

/** What follows from the time that is left, ms; draws anew when that changes, and not with every tick. */
function useTimeLeft<T>(iso: string | null, read: (leftMs: number) => T): T | null {
  useEffect(() => (iso === null ? undefined : watchClock()), [iso]);
  const known = useMemo(
    () =>
      computed(() => {
        void tick.value;
        return iso === null ? null : read(Date.parse(iso) - serverNow());
      }),
    [iso],
  );
  return known.value;
}
