import { estimateWait } from '../../shared/waiting-room/eta';
import { openLab, roomOf } from './lab';

const lab = openLab({ pollsPerSecond: 1000 });
const { room, clock } = lab;

afterAll(() => lab.close());

const unknown = { etaSeconds: null, eta: { known: false, lowSeconds: null, highSeconds: null } };

test('there is no estimate before there is a rate, in a paused room, or from the first fill of the cap', async () => {
  const concert = roomOf({ maxActive: 5 });
  for (let i = 0; i < 5; i++) await room.join(concert, `first ${i}`);
  expect((await room.join(concert, 'ann')).state).toMatchObject({ position: 1, ...unknown });
  await room.join(concert, 'bob');
  clock.offsetMs += 10_000;
  await room.leave(concert, 'first 0');
  expect((await room.poll(concert, 'bob')).eta.known).toBe(true);
  concert.room.paused = true;
  clock.offsetMs += 3000;
  expect(await room.poll(concert, 'bob')).toMatchObject(unknown);
});

test('the estimate follows the people who come in, and its bounds hold them', async () => {
  const concert = roomOf({ maxActive: 10, graceSeconds: 10_000, sessionSeconds: 1000, maxSessionSeconds: 1000 });
  for (let i = 0; i < 310; i++) await room.join(concert, `user ${i}`);
  // One of ten goes every second.
  for (let i = 0; i < 200; i++) {
    clock.offsetMs += 1000;
    await room.leave(concert, `user ${i}`);
  }
  const [state] = await room.watch(concert, ['user 309']);
  expect(state?.ahead).toBe(99);
  expect(state?.etaSeconds).toBeGreaterThan(95);
  expect(state?.etaSeconds).toBeLessThan(105);
  expect(state?.eta.lowSeconds).toBeGreaterThan(60);
  expect(state?.eta.lowSeconds).toBeLessThan(100);
  expect(state?.eta.highSeconds).toBeGreaterThan(100);
  expect(state?.eta.highSeconds).toBeLessThan(170);
});

test("no estimate is more hopeful than the room's own rate", () => {
  const fast = { admitted: 1000, gaveUp: 0, measuredAt: 180_000, measuredSince: 0 };
  expect(estimateWait(fast, 59, 60, 180_000).etaSeconds).toBe(60);
});

test('people who give up ahead make the low bound lower', () => {
  const measured = { admitted: 50, gaveUp: 0, measuredAt: 180_000, measuredSince: 0 };
  const steady = estimateWait(measured, 99, null, 180_000);
  const thinning = estimateWait({ ...measured, gaveUp: 50 }, 99, null, 180_000);
  expect(thinning.etaSeconds).toBe(steady.etaSeconds);
  expect(thinning.eta.lowSeconds).toBeLessThan((steady.eta.lowSeconds ?? 0) * 0.6);
});
