import type { SeatDoc } from '../../shared/concerts/seat.model';
import { newLoaded, put } from '../../workers/batches/loaded';

test('what was read replaces what is remembered, and nothing replaces what was read', () => {
  const seat = (status: SeatDoc['status']): SeatDoc => ({
    ...{ _id: 'one', performanceId: 'perf', section: 'A', row: '1', number: 1, price: 1000 },
    ...{ status, holdId: null },
  });
  const loaded = newLoaded();
  const slot = () => loaded.slots.seats.get('one');
  put(loaded, 'seats', ['one'], [seat('sold')], true);
  expect(slot()).toMatchObject({ current: { status: 'sold' }, recalled: true });
  put(loaded, 'seats', ['one'], [seat('available')]);
  expect(slot()).toMatchObject({ loaded: { status: 'available' }, current: { status: 'available' }, recalled: false });
  for (const recalled of [true, false]) put(loaded, 'seats', ['one'], [seat('held')], recalled);
  expect(slot()).toMatchObject({ current: { status: 'available' }, recalled: false });
});
