import { createRandom } from '../../tools/random';

const draw = (seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: 50 }, () => [random.next(), random.int(1, 6), random.weighted({ a: 1, b: 3 })]);
};

test('a seed draws the same again, another one something else', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(8)).not.toEqual(draw(7));
});

test('whole numbers reach both ends and stay within', () => {
  const random = createRandom(1);
  const drawn = Array.from({ length: 1000 }, () => random.int(-3, 3));
  expect(new Set(drawn)).toEqual(new Set([-3, -2, -1, 0, 1, 2, 3]));
});

test('weights count', () => {
  const random = createRandom(1);
  const drawn = Array.from({ length: 10_000 }, () => random.weighted({ often: 9, seldom: 1, never: 0 }));
  const seldom = drawn.filter((name) => name === 'seldom').length;
  expect(drawn).not.toContain('never');
  expect(seldom).toBeGreaterThan(850);
  expect(seldom).toBeLessThan(1150);
});

test('what one part draws does not depend on the others', () => {
  const random = createRandom(3);
  const before = random.fork('faults').next();
  random.next();
  expect(random.fork('faults').next()).toBe(before);
  expect(random.fork('load').next()).not.toBe(before);
});

test('nothing to pick from is an error', () => {
  expect(() => createRandom(1).pick([])).toThrow(RangeError);
});
