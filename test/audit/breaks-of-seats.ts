import type { Break, Breaker } from './breaker';

const held = (db: Breaker) => db.one('holds', ({ status }) => status === 'held');
const soldSeat = (db: Breaker) => db.one('seats', ({ status }) => status === 'sold');
const heldSeat = (db: Breaker) => db.one('seats', ({ status }) => status === 'held');
const freeSeat = (db: Breaker) => db.one('seats', ({ status }) => status === 'available');

export const i5: Break[] = [
  [
    'a seat in two live holds',
    async (db) => {
      await db.dropIndex('holds', 'seatIds_1');
      const hold = held(db);
      await db.add('holds', { ...hold, _id: 'hold_second' });
      return [...hold.seatIds, hold._id, 'hold_second'];
    },
  ],
  [
    'a seat in a reservation and a live hold',
    async (db) => {
      const { _id, seatIds } = db.one('reservations');
      await db.set('holds', held(db)._id, { seatIds });
      return [seatIds[0] ?? '', held(db)._id, _id];
    },
  ],
  [
    'a seat in two reservations',
    async (db) => {
      await db.dropIndex('reservations', 'owned_seats');
      const reservation = db.one('reservations');
      await db.add('reservations', { ...reservation, _id: 'res_second' });
      return [reservation.seatIds[0] ?? '', reservation._id, 'res_second'];
    },
  ],
  [
    'a seat twice in one hold',
    async (db) => {
      const { _id, seatIds } = held(db);
      await db.set('holds', _id, { seatIds: [...seatIds, ...seatIds] });
      return [_id, ...seatIds];
    },
  ],
  [
    'a seat in two paid holds',
    async (db) => {
      const paid = db.one('holds', ({ status }) => status === 'paid');
      await db.add('holds', { ...paid, _id: 'hold_second' });
      return [paid.seatIds[0] ?? '', paid._id, 'hold_second'];
    },
  ],
];

export const i6: Break[] = [
  [
    'a held seat that looks free',
    async (db) => {
      const seat = heldSeat(db);
      await db.set('seats', seat._id, { status: 'available', holdId: null });
      return [seat._id, seat.holdId ?? ''];
    },
  ],
  [
    'a sold seat that looks free',
    async (db) => {
      const seat = soldSeat(db);
      await db.set('seats', seat._id, { status: 'available', holdId: null });
      return [seat._id, seat.holdId ?? ''];
    },
  ],
  [
    'a held seat that looks sold',
    async (db) => {
      const seat = heldSeat(db);
      await db.set('seats', seat._id, { status: 'sold' });
      return [seat._id, seat.holdId ?? ''];
    },
  ],
  [
    'a seat held by nobody',
    async (db) => {
      const seat = freeSeat(db);
      await db.set('seats', seat._id, { status: 'held', holdId: 'hold_never' });
      return [seat._id, 'hold_never'];
    },
  ],
  [
    'a seat held by a hold that has ended',
    async (db) => {
      const { _id } = db.one('holds', ({ status }) => status === 'expired');
      await db.set('seats', freeSeat(db)._id, { status: 'held', holdId: _id });
      return [freeSeat(db)._id, _id];
    },
  ],
  [
    'a seat sold without a hold',
    async (db) => {
      await db.set('seats', freeSeat(db)._id, { status: 'sold' });
      return [freeSeat(db)._id];
    },
  ],
  [
    'a free seat that names a hold',
    async (db) => {
      await db.set('seats', freeSeat(db)._id, { holdId: held(db)._id });
      return [freeSeat(db)._id, held(db)._id];
    },
  ],
  [
    'a seat that is gone',
    async (db) => {
      const seat = soldSeat(db);
      await db.remove('seats', seat._id);
      return [seat._id, seat.holdId ?? ''];
    },
  ],
  [
    'a reservation of a seat that is not there',
    async (db) => {
      const { _id, seatIds } = db.one('reservations');
      await db.set('reservations', _id, { seatIds: [...seatIds, 'seat_never'] });
      return ['seat_never', _id];
    },
  ],
  [
    'a cancelled seat that is still sold',
    async (db) => {
      const reservation = db.one('reservations', ({ cancelled }) => cancelled !== undefined);
      const seatId = reservation.cancelled?.[0]?.seatId ?? '';
      await db.set('seats', seatId, { status: 'sold', holdId: reservation.holdId });
      return [seatId, reservation.holdId];
    },
  ],
];
