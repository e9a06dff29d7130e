import { drawnPosition, drawSeedHash } from '../../shared/waiting-room/draw';
import { openLab, roomOf } from './lab';

const lab = openLab();
const { room, clock } = lab;

afterAll(() => lab.close());

const early = Array.from({ length: 20 }, (_, i) => `early ${i}`);

/** A room that opens in a minute, with twenty people before it and two after. */
async function openedRoom() {
  const concert = roomOf({ maxActive: 0, opensAt: new Date(Date.now() + clock.offsetMs + 60_000), graceSeconds: 300 });
  const before = [];
  for (const user of early) before.push((await room.join(concert, user)).state);
  const hidden = await room.draw(concert);
  clock.offsetMs += 60_000;
  for (const user of ['late 1', 'late 2']) await room.join(concert, user);
  const states = await room.watch(concert, early);
  return { concert, before, hidden, states };
}

test('before it opens nobody has a position, and nobody gets in', async () => {
  const concert = roomOf({ opensAt: new Date(Date.now() + clock.offsetMs + 60_000), graceSeconds: 90 });
  const { state } = await room.join(concert, 'ann');
  expect(state).toMatchObject({ status: 'waiting', position: null, ahead: null, drawNumber: 1 });
  expect(state.opensAt).toBe(concert.opensAt?.toISOString());
  expect(await room.admit(concert)).toMatchObject({ waiting: 1, active: 0 });
  clock.offsetMs += 60_000;
  expect(await room.admit(concert)).toMatchObject({ waiting: 0, active: 1 });
});

test('those before the opening are shuffled, those after it come behind them as they came', async () => {
  const { concert, states } = await openedRoom();
  const positions = states.map(({ position }) => position ?? 0);
  expect(positions.toSorted((a, b) => a - b)).toEqual(early.map((_, i) => i + 1));
  expect(positions).not.toEqual(positions.toSorted((a, b) => a - b));
  const late = await room.watch(concert, ['late 1', 'late 2']);
  expect(late.map(({ position, drawNumber }) => [position, drawNumber])).toEqual([
    [21, null],
    [22, null],
  ]);
});

test('the seed is promised before, shown after, and gives everybody the place that they have', async () => {
  const { concert, before, hidden, states } = await openedRoom();
  expect(hidden).toMatchObject({ seed: null, participants: null });
  const shown = await room.draw(concert);
  expect(shown?.participants).toBe(20);
  expect(drawSeedHash(shown?.seed ?? '')).toBe(hidden?.seedHash);
  for (const [i, state] of states.entries()) {
    expect(state.drawNumber).toBe(before[i]?.drawNumber);
    expect(drawnPosition(shown?.seed ?? '', state.drawNumber ?? 0, 20)).toBe(state.position);
  }
});

test('leaving and coming back before the opening draws again; once in line nobody is drawn', async () => {
  const opensAt = new Date(Date.now() + clock.offsetMs + 60_000);
  const concert = roomOf({ maxActive: 0, opensAt, graceSeconds: 300 });
  await room.join(concert, 'ann');
  await room.leave(concert, 'ann');
  expect((await room.join(concert, 'ann')).state.drawNumber).toBe(2);
  clock.offsetMs += 60_000;
  await room.join(concert, 'bob');
  // Opening it again later would let newcomers be drawn in front of those who wait: it only makes all wait.
  concert.opensAt = new Date(Date.now() + clock.offsetMs + 60_000);
  expect((await room.join(concert, 'cho')).state.drawNumber).toBeNull();
  clock.offsetMs += 60_000;
  const states = await room.watch(concert, ['ann', 'bob', 'cho']);
  expect(states.map(({ position }) => position)).toEqual([1, 2, 3]);
});

test('an opening that is set later is drawn for, unless somebody waits already', async () => {
  const later = () => new Date(Date.now() + clock.offsetMs + 60_000);
  const empty = roomOf({ maxActive: 1 });
  await room.join(empty, 'somebody who tries it out');
  await room.numbers(empty);
  empty.opensAt = later();
  expect((await room.join(empty, 'ann')).state.drawNumber).toBe(1);

  const busy = roomOf({ maxActive: 0 });
  await room.join(busy, 'ann');
  busy.opensAt = later();
  expect((await room.join(busy, 'bob')).state.drawNumber).toBeNull();
});

test('a room without an opening has no draw', async () => {
  expect(await room.draw(roomOf({}))).toBeNull();
});
