import fc from 'fast-check';
import { createWindowCounts } from '../../api/rate-limits/window-counts';

const windowMs = 1000;

test('one process allows exactly the quota in each window', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.nat(3000), { maxLength: 300 }), (quota, times) => {
      const counts = createWindowCounts({ quota, windowMs, step: Math.ceil(quota / 16) });
      const allowed = new Map<number, number>();
      for (const now of times.sort((a, b) => a - b)) {
        const window = Math.floor(now / windowMs);
        const before = allowed.get(window) ?? 0;
        const { allowed: yes, remaining, resetMs } = counts.take('a', now);
        expect(yes).toBe(before < quota);
        expect(remaining).toBe(Math.max(0, quota - before - 1));
        expect([resetMs > 0, (now + resetMs) % windowMs]).toEqual([true, 0]);
        if (yes) allowed.set(window, before + 1);
      }
    }),
  );
});

/** What may happen: a request at a process, a message of a process that arrives, or one that is lost. */
const event = fc.record({
  process: fc.nat(3),
  what: fc.constantFrom('request', 'request', 'request', 'publish', 'lose'),
});

test('several processes allow at most a step more each than the quota, plus what came between two messages', () => {
  fc.assert(
    fc.property(fc.integer({ min: 16, max: 64 }), fc.array(event, { maxLength: 600 }), (quota, events) => {
      const step = Math.ceil(quota / 16);
      const processes = Array.from({ length: 4 }, () => createWindowCounts({ quota, windowMs, step }));
      const since = [0, 0, 0, 0];
      let [total, allowed, between] = [0, 0, 0];
      for (const { process, what } of events) {
        const counts = processes[process];
        if (!counts) continue;
        if (what === 'request') {
          if (!counts.take('a', 1).allowed) continue;
          allowed += 1;
          since[process] = (since[process] ?? 0) + 1;
          between = Math.max(between, since[process] ?? 0);
          continue;
        }
        for (const { id, window, count } of counts.takePending()) {
          if (what === 'lose') counts.putBack(id, window, count);
          else {
            total += count;
            since[process] = 0;
            counts.setTotal(id, window, total);
          }
        }
      }
      expect(total).toBeLessThanOrEqual(allowed);
      expect(allowed).toBeLessThanOrEqual(quota + 3 * Math.max(step, between));
    }),
  );
});

test('a message about a window that is over is ignored', () => {
  const counts = createWindowCounts({ quota: 10, windowMs, step: 1 });
  counts.take('a', 999);
  const [used] = counts.takePending();
  counts.take('a', 1000);
  counts.setTotal('a', used?.window ?? -1, 10);
  counts.putBack('a', used?.window ?? -1, 10);
  expect(counts.take('a', 1001)).toMatchObject({ allowed: true, remaining: 8 });
});
