import fc from 'fast-check';
import { createLiveSeatMap } from '../../api/concerts/seat-change-log';
import type { ShownSeat } from '../../api/concerts/seat-map-cache';
import { type SeatStatus, seatStatuses } from '../../shared/concerts/seat.model';

const status = fc.constantFrom(...seatStatuses);
const seat = (number: number): ShownSeat => ({
  id: `perf-A-${number}`,
  ...{ section: 'A', row: '1', number, price: 10, status: 'available' },
});

let epochs = 0;
const newEpoch = () => `epoch${++epochs}`;

/** A page that follows the protocol: it knows only what it was told. */
interface Page {
  seats: Map<string, SeatStatus>;
  lastEventId: string | undefined;
  maps: number;
}

function hear(page: Page, frames: readonly (Buffer | null)[]): void {
  for (const frame of frames) {
    const [, id, event, data = ''] = /^id: (.*)\nevent: (.*)\ndata: (.*)\n\n$/.exec(frame?.toString() ?? '') ?? [];
    if (event === undefined) continue;
    page.lastEventId = id;
    const told: { seats?: ShownSeat[]; changes?: ShownSeat[] } = JSON.parse(data);
    if (event === 'seat-map') {
      page.maps += 1;
      page.seats = new Map();
    }
    for (const one of told.seats ?? told.changes ?? []) page.seats.set(one.id, one.status);
  }
}

/** Seats change, pages lose their connection and come back, or come new: at any time. */
const step = fc.oneof(
  fc.record({ what: fc.constant('change' as const), seats: fc.array(fc.tuple(fc.nat(39), status), { maxLength: 12 }) }),
  fc.record({ what: fc.constant('leave' as const), page: fc.nat(2) }),
  fc.record({ what: fc.constant('return' as const), page: fc.nat(2) }),
  fc.record({ what: fc.constant('forget' as const), page: fc.nat(2) }),
);

test.each([5, 40])(
  'of %i seats: whoever listens has the whole truth, however often the connection was lost',
  (size) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const map = createLiveSeatMap('perf', newEpoch);
        const truth = new Map(Array.from({ length: size }, (_, i) => [`perf-A-${i}`, seat(i)]));
        map.takeAll([...truth.values()]);
        const pages = [0, 1, 2].map((): Page => ({ seats: new Map(), lastEventId: undefined, maps: 0 }));
        const listening = new Set<Page>();
        for (const one of steps) {
          if (one.what === 'change') {
            const changes = one.seats.map(([i, to]) => ({ id: `perf-A-${i % size}`, status: to }));
            for (const { id, status: to } of changes) truth.set(id, { ...(truth.get(id) ?? seat(0)), status: to });
            const last = new Map(changes.map((change) => [change.id, change]));
            const frame = map.take(last.values());
            for (const page of listening) hear(page, [frame]);
          } else {
            const page = pages[one.page];
            if (!page) continue;
            if (one.what === 'leave') listening.delete(page);
            if (one.what === 'forget') Object.assign(page, { seats: new Map(), lastEventId: undefined });
            if (one.what !== 'leave') {
              hear(page, map.since(page.lastEventId));
              listening.add(page);
            }
          }
          const expected = Object.fromEntries(Array.from(truth.values(), ({ id, status: is }) => [id, is]));
          for (const page of listening) expect(Object.fromEntries(page.seats)).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  },
);

const seats = Array.from({ length: 20 }, (_, i) => seat(i));
const text = (frames: readonly (Buffer | null)[]) => frames.map((frame) => frame?.toString() ?? '');

test('whoever has heard all is told nothing; whoever missed something is told that alone', () => {
  const map = createLiveSeatMap('perf', () => 'one');
  map.takeAll(seats);
  map.take([{ id: 'perf-A-1', status: 'held' }]);
  map.take([{ id: 'perf-A-2', status: 'sold' }]);
  expect(map.take([{ id: 'perf-A-2', status: 'sold' }])).toBeNull();
  expect(text(map.since('one.2'))).toEqual([]);
  const change = { changes: [{ id: 'perf-A-2', status: 'sold' }] };
  expect(text(map.since('one.1'))).toEqual([`id: one.2\nevent: seats\ndata: ${JSON.stringify(change)}\n\n`]);
});

test.each([undefined, '', 'one', 'one.', 'one.99', 'one.-1', 'one.1e3', 'another.0', 'Infinity', '.0'])(
  'the id %j is not known: the whole map',
  (lastEventId) => {
    const map = createLiveSeatMap('perf', () => 'one');
    map.takeAll(seats);
    map.take([{ id: 'perf-A-1', status: 'held' }]);
    const [first = ''] = text(map.since(lastEventId));
    expect(first).toMatch(/^id: one\.\d\nevent: seat-map\n/);
  },
);

test('tellings are forgotten once a map is shorter', () => {
  const map = createLiveSeatMap('perf', () => 'one');
  map.takeAll(seats);
  for (let i = 0; i < 600; i += 1) map.take([{ id: 'perf-A-1', status: i % 2 === 0 ? 'held' : 'available' }]);
  expect(text(map.since('one.0'))[0]).toMatch(/event: seat-map/);
  expect(text(map.since('one.599'))[0]).toMatch(/event: seats/);
});

test('another hall: everybody gets its map, and earlier ids are worth nothing', () => {
  let epoch = 0;
  const map = createLiveSeatMap('perf', () => `e${++epoch}`);
  map.takeAll(seats);
  const frame = map.takeAll([...seats, seat(20)]);
  expect(frame?.toString()).toMatch(/^id: e2\.0\nevent: seat-map\n/);
  expect(text(map.since('e1.0'))[0]).toMatch(/event: seat-map/);
});

test('a map is made once for many who come', () => {
  const map = createLiveSeatMap('perf', newEpoch);
  map.takeAll(seats);
  const [first] = map.since(undefined);
  expect(map.since(undefined)[0]).toBe(first);
  map.take([{ id: 'perf-A-1', status: 'held' }]);
  const [again, change] = map.since(undefined);
  expect(again).toBe(first);
  expect(change?.toString()).toContain('"perf-A-1"');
});
