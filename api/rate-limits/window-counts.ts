/** Requests of one client in the present window. */
interface Count {
  /** Counted here and not published to the others yet. */
  pending: number;
  /** Of all processes together, as last received; those published from here are among them. */
  total: number;
}

/** Requests of one client in one window. */
export interface UsedInWindow {
  id: string;
  window: number;
  count: number;
}

interface WindowCounts {
  /** Counts one request, unless `quota` is used up. `isDue`: with it the client has made another `step`. */
  take(id: string, now: number): { allowed: boolean; remaining: number; resetMs: number; isDue: boolean };
  /** Hands out the pending counts of clients that made `step` requests or more, to be published. */
  takePending(): UsedInWindow[];
  /** Takes the sum over all processes. Of a window that is over it is ignored. */
  setTotal(id: string, window: number, total: number): void;
  /** Takes back a count that could not be published. */
  putBack(id: string, window: number, count: number): void;
}

interface WindowOptions {
  quota: number;
  windowMs: number;
  /** Counts below this are not published: most clients never cost a message. */
  step: number;
}

/** A bound on memory; clients beyond it are not limited until the window ends. */
const maxClients = 200_000;

/** Counts requests by client in windows that begin at the same moments in every process. */
export function createWindowCounts({ quota, windowMs, step }: WindowOptions): WindowCounts {
  let current = -1;
  let counts = new Map<string, Count>();
  let due = new Set<string>();

  function turn(now: number): void {
    const window = Math.floor(now / windowMs);
    if (window === current) return;
    current = window;
    counts = new Map();
    due = new Set();
  }

  function countOf(id: string): Count {
    const known = counts.get(id);
    if (known) return known;
    const count = { pending: 0, total: 0 };
    if (counts.size < maxClients) counts.set(id, count);
    return count;
  }

  return {
    take(id, now) {
      turn(now);
      const resetMs = (current + 1) * windowMs - now;
      const count = countOf(id);
      const used = count.total + count.pending;
      if (used >= quota) return { allowed: false, remaining: 0, resetMs, isDue: false };
      count.pending += 1;
      if (count.pending >= step) due.add(id);
      return { allowed: true, remaining: quota - used - 1, resetMs, isDue: count.pending === step };
    },
    takePending() {
      const all = Array.from(due, (id) => {
        const count = countOf(id);
        const used = { id, window: current, count: count.pending };
        count.total += count.pending;
        count.pending = 0;
        return used;
      });
      due.clear();
      return all;
    },
    setTotal(id, window, total) {
      if (window === current) countOf(id).total = total;
    },
    putBack(id, window, count) {
      if (window !== current) return;
      countOf(id).total -= count;
      countOf(id).pending += count;
      due.add(id);
    },
  };
}
