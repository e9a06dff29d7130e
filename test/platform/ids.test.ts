import { createClock } from '../../shared/platform/clock';
import { createIds } from '../../shared/platform/ids';

/** A clock that goes on by a millisecond at each look, so that each id draws its random part anew. */
function going() {
  let now = 1_790_000_000_000;
  return createClock(() => now++);
}
const randomOf = (id: string) => id.slice(-16);

test('ids increase, and no two random parts are alike, of one process or of two', () => {
  const [newId, other] = [createIds(going()), createIds(going())];
  const ids = Array.from({ length: 2000 }, () => newId('job'));
  expect(ids).toEqual([...ids].sort());
  const all = [...ids, ...Array.from({ length: 2000 }, () => other('job'))];
  expect(new Set(all.map(randomOf)).size).toBe(4000);
  const digits = new Set(all.map(randomOf).join(''));
  expect(digits.size).toBe(32);
});

test('within a millisecond ids increase, too', () => {
  const newId = createIds(createClock(() => 1_790_000_000_000));
  const ids = Array.from({ length: 1000 }, () => newId('job'));
  expect(ids).toEqual([...new Set(ids)].sort());
});
