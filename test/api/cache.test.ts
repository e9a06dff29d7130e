import { createCache } from '../../api/reads/cache';
import { createClock } from '../../shared/platform/clock';

function counted(maxAgeMs: number) {
  const clock = createClock(() => 0);
  const loads: string[] = [];
  const stored = new Map([['a', 1]]);
  const cache = createCache<{ value: number }>({
    clock,
    maxEntries: 2,
    maxAgeMs,
    load: async (id) => {
      loads.push(id);
      await new Promise(setImmediate);
      const value = stored.get(id);
      if (value === -1) throw new Error('away');
      return value === undefined ? null : { value };
    },
  });
  return { cache, clock, loads, stored };
}

test('many who ask at once cost one load, and its age counts from when it began', async () => {
  const { cache, clock, loads } = counted(100);
  const all = await Promise.all(Array.from({ length: 50 }, () => cache.get('a')));
  expect(all).toEqual(Array.from({ length: 50 }, () => ({ value: 1 })));
  expect(loads).toEqual(['a']);
  clock.offsetMs = 99;
  await cache.get('a');
  expect(loads).toEqual(['a']);
  clock.offsetMs = 100;
  await cache.get('a');
  expect(loads).toEqual(['a', 'a']);
});

test('what is not there, and what failed, is asked for again', async () => {
  const { cache, loads, stored } = counted(100);
  expect(await cache.get('b')).toBeNull();
  stored.set('b', -1);
  await expect(cache.get('b')).rejects.toThrow('away');
  stored.set('b', 2);
  expect(await cache.get('b')).toEqual({ value: 2 });
  cache.drop('b');
  stored.delete('b');
  expect(await cache.get('b')).toBeNull();
  expect(loads).toEqual(['b', 'b', 'b', 'b']);
});
