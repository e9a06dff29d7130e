import { useRef } from 'preact/hooks';

interface Look {
  total: number;
  /** ms */
  at: number;
}

/** ms that a rate is measured over, and looks that are kept for the line. */
const spanMs = 10_000;
const keptLooks = 60;

interface Rates {
  /** Per second; null until there were two looks. */
  now: number | null;
  /** Per second, look after look, the newest last. */
  line: number[];
}

/** How fast a total grows, from one look to the next. A look is another object each time. */
export function useRates(look: object | null, total: number): Rates {
  const looks = useRef<Look[]>([]);
  const last = useRef<object | null>(null);
  if (look && look !== last.current) {
    last.current = look;
    const at = performance.now();
    // A smaller total is another database's.
    if (total < (looks.current.at(-1)?.total ?? 0)) looks.current = [];
    looks.current = [...looks.current, { total, at }].slice(-keptLooks);
  }
  const all = looks.current;
  const newest = all.at(-1);
  const first = all.find(({ at }) => newest && newest.at - at <= spanMs);
  const between = (a: Look | undefined, b: Look | undefined) =>
    a && b && b.at > a.at ? ((b.total - a.total) * 1000) / (b.at - a.at) : null;
  return { now: between(first, newest), line: all.slice(1).map((one, i) => between(all[i], one) ?? 0) };
}
