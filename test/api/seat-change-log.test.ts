import fc from 'fast-check';
import type { PresentedSeat } from '../../api/concerts/read-seats';
import { createSeatChangeLog } from '../../api/concerts/seat-change-log';
import { type SeatStatus, seatStatuses } from '../../shared/concerts/seat.model';

const status = fc.constantFrom(...seatStatuses);
const seat = (number: number): PresentedSeat => ({
  id: `perf-A-${number}`,
  ...{ section: 'A', row: '1', number, price: 10, status: 'available' },
});

let epochs = 0;
const newEpoch = () => `epoch${++epochs}`;

/** A client that follows the protocol: it knows only what it has received. */
interface Subscriber {
  seats: Map<string, SeatStatus>;
  lastEventId: string | undefined;
  maps: number;
}

function receive(subscriber: Subscriber, frames: readonly (Buffer | null)[]): void {
  for (const frame of frames) {
    const [, id, event, json = ''] = /^id: (.*)\nevent: (.*)\ndata: (.*)\n\n$/.exec(frame?.toString() ?? '') ?? [];
    if (event === undefined) continue;
    subscriber.lastEventId = id;
    const data: { seats?: PresentedSeat[]; changes?: PresentedSeat[] } = JSON.parse(json);
    if (event === 'seat-map') {
      subscriber.maps += 1;
      subscriber.seats = new Map();
    }
    for (const one of data.seats ?? data.changes ?? []) subscriber.seats.set(one.id, one.status);
  }
}

/** Seats change, clients lose their connection and come back, or come new: at any time. */
const step = fc.oneof(
  fc.record({ what: fc.constant('change' as const), seats: fc.array(fc.tuple(fc.nat(39), status), { maxLength: 12 }) }),
  fc.record({ what: fc.constant('leave' as const), subscriber: fc.nat(2) }),
  fc.record({ what: fc.constant('return' as const), subscriber: fc.nat(2) }),
  fc.record({ what: fc.constant('forget' as const), subscriber: fc.nat(2) }),
);

test.each([5, 40])(
  'of %i seats: a connected client has the whole truth, however often the connection was lost',
  (size) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const log = createSeatChangeLog('perf', newEpoch);
        const truth = new Map(Array.from({ length: size }, (_, i) => [`perf-A-${i}`, seat(i)]));
        log.reset([...truth.values()]);
        const subscribers = [0, 1, 2].map((): Subscriber => ({ seats: new Map(), lastEventId: undefined, maps: 0 }));
        const connected = new Set<Subscriber>();
        for (const one of steps) {
          if (one.what === 'change') {
            const changes = one.seats.map(([i, to]) => ({ id: `perf-A-${i % size}`, status: to }));
            for (const { id, status: to } of changes) truth.set(id, { ...(truth.get(id) ?? seat(0)), status: to });
            const last = new Map(changes.map((change) => [change.id, change]));
            const frame = log.apply(last.values());
            for (const subscriber of connected) receive(subscriber, [frame]);
          } else {
            const subscriber = subscribers[one.subscriber];
            if (!subscriber) continue;
            if (one.what === 'leave') connected.delete(subscriber);
            if (one.what === 'forget') Object.assign(subscriber, { seats: new Map(), lastEventId: undefined });
            if (one.what !== 'leave') {
              receive(subscriber, log.since(subscriber.lastEventId));
              connected.add(subscriber);
            }
          }
          const expected = Object.fromEntries(Array.from(truth.values(), ({ id, status: is }) => [id, is]));
          for (const subscriber of connected) expect(Object.fromEntries(subscriber.seats)).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  },
);

const seats = Array.from({ length: 20 }, (_, i) => seat(i));
const text = (frames: readonly (Buffer | null)[]) => frames.map((frame) => frame?.toString() ?? '');

test('a client that is up to date gets nothing; one that missed something gets that alone', () => {
  const log = createSeatChangeLog('perf', () => 'one');
  log.reset(seats);
  log.apply([{ id: 'perf-A-1', status: 'held' }]);
  log.apply([{ id: 'perf-A-2', status: 'sold' }]);
  expect(log.apply([{ id: 'perf-A-2', status: 'sold' }])).toBeNull();
  expect(text(log.since('one.2'))).toEqual([]);
  const change = { changes: [{ id: 'perf-A-2', status: 'sold' }] };
  expect(text(log.since('one.1'))).toEqual([`id: one.2\nevent: seats\ndata: ${JSON.stringify(change)}\n\n`]);
});

test.each([undefined, '', 'one', 'one.', 'one.99', 'one.-1', 'one.1e3', 'another.0', 'Infinity', '.0'])(
  'the id %j is not known: the whole map',
  (lastEventId) => {
    const log = createSeatChangeLog('perf', () => 'one');
    log.reset(seats);
    log.apply([{ id: 'perf-A-1', status: 'held' }]);
    const [first = ''] = text(log.since(lastEventId));
    expect(first).toMatch(/^id: one\.\d\nevent: seat-map\n/);
  },
);

test('entries are forgotten once a map is shorter', () => {
  const log = createSeatChangeLog('perf', () => 'one');
  log.reset(seats);
  for (let i = 0; i < 600; i += 1) log.apply([{ id: 'perf-A-1', status: i % 2 === 0 ? 'held' : 'available' }]);
  expect(text(log.since('one.0'))[0]).toMatch(/event: seat-map/);
  expect(text(log.since('one.599'))[0]).toMatch(/event: seats/);
});

test('another hall: every client gets its map, and earlier ids are worth nothing', () => {
  let epoch = 0;
  const log = createSeatChangeLog('perf', () => `e${++epoch}`);
  log.reset(seats);
  const frame = log.reset([...seats, seat(20)]);
  expect(frame?.toString()).toMatch(/^id: e2\.0\nevent: seat-map\n/);
  expect(text(log.since('e1.0'))[0]).toMatch(/event: seat-map/);
});

test('a map is made once for many who come', () => {
  const log = createSeatChangeLog('perf', newEpoch);
  log.reset(seats);
  const [first] = log.since(undefined);
  expect(log.since(undefined)[0]).toBe(first);
  log.apply([{ id: 'perf-A-1', status: 'held' }]);
  const [again, change] = log.since(undefined);
  expect(again).toBe(first);
  expect(change?.toString()).toContain('"perf-A-1"');
});
