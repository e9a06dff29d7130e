import { setImmediate as turn } from 'node:timers/promises';
import { patience } from '../../shared/platform/patience';

afterEach(() => {
  jest.useRealTimers();
});

async function isOver({ over }: ReturnType<typeof patience>): Promise<boolean> {
  return Promise.race([over.then(() => true), turn(false)]);
}

test('time in which the process was blocked counts as one step, since answers that came lie unread', async () => {
  const wait = patience(100);
  const until = performance.now() + 200;
  while (performance.now() < until);
  // The timer of the first step is overdue and fires.
  await turn();
  expect(await isOver(wait)).toBe(false);
  await wait.over;
});

test('a wait that is stopped leaves no timer behind', () => {
  jest.useFakeTimers();
  const wait = patience(100);
  jest.advanceTimersByTime(60);
  expect(jest.getTimerCount()).toBe(1);
  wait.stop();
  expect(jest.getTimerCount()).toBe(0);
});
