/** Requests of one client in the present window. */
interface Count {
  /** Counted here and not told to the others yet. */
  untold: number;
  /** Of all processes together, as last heard; those told from here are among them. */
  told: number;
}

interface WindowCounts {
  /** Counts one request, unless `quota` is used up. `isDue`: with it the client has made another `step`. */
  take(id: string, now: number): { allowed: boolean; remaining: number; resetMs: number; isDue: boolean };
  /** Hands out what has not been told: clients that made `step` requests or more. */
  untold(): { id: string; window: number; count: number }[];
  /** Notes the sum over all processes. Of a window that is over it is forgotten. */
  heard(id: string, window: number, total: number): void;
  /** Takes back what could not be told. */
  notTold(id: string, window: number, count: number): void;
}

interface WindowOptions {
  quota: number;
  windowMs: number;
  /** Fewer requests than this are kept to itself: most clients never cost a message. */
  step: number;
}

/** A bound on memory; clients beyond it are let through until the window ends. */
const mostClients = 200_000;

/** Counts requests by client in windows that begin at the same moments in every process. */
export function createWindowCounts({ quota, windowMs, step }: WindowOptions): WindowCounts {
  let window = -1;
  let counts = new Map<string, Count>();
  let due = new Set<string>();

  function turn(now: number): void {
    const current = Math.floor(now / windowMs);
    if (current === window) return;
    window = current;
    counts = new Map();
    due = new Set();
  }

  function countOf(id: string): Count {
    const known = counts.get(id);
    if (known) return known;
    const count = { untold: 0, told: 0 };
    if (counts.size < mostClients) counts.set(id, count);
    return count;
  }

  return {
    take(id, now) {
      turn(now);
      const resetMs = (window + 1) * windowMs - now;
      const count = countOf(id);
      const used = count.told + count.untold;
      if (used >= quota) return { allowed: false, remaining: 0, resetMs, isDue: false };
      count.untold += 1;
      if (count.untold >= step) due.add(id);
      return { allowed: true, remaining: quota - used - 1, resetMs, isDue: count.untold === step };
    },
    untold() {
      const all = Array.from(due, (id) => {
        const count = countOf(id);
        const told = { id, window, count: count.untold };
        count.told += count.untold;
        count.untold = 0;
        return told;
      });
      due.clear();
      return all;
    },
    heard(id, of, total) {
      if (of === window) countOf(id).told = total;
    },
    notTold(id, of, count) {
      if (of !== window) return;
      countOf(id).told -= count;
      countOf(id).untold += count;
      due.add(id);
    },
  };
}
