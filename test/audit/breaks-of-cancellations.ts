import type { Break, Breaker } from './breaker';

/** Of bob, who got something back; the seat was sold again to ann. */
const sale = (db: Breaker) => db.one('reservations', ({ cancelled }) => (cancelled?.[0]?.refunded ?? 0) > 0);
const later = (db: Breaker) => db.one('reservations', ({ cancelled }) => cancelled?.[0]?.refunded === 0);
const entryOf = (db: Breaker) => db.one('pointEntries', ({ kind }) => kind === 'refund');
const seatOf = (db: Breaker) => {
  const [seat] = sale(db).cancelled ?? [];
  if (!seat) throw new Error('nothing was cancelled');
  return seat;
};

export const i13: Break[] = [
  [
    'a refund that is not in the ledger',
    async (db) => {
      await db.remove('pointEntries', entryOf(db)._id);
      return [sale(db)._id, String(sale(db).paymentId)];
    },
  ],
  [
    'a refund for a seat that was not cancelled',
    async (db) => {
      await db.set('pointEntries', entryOf(db)._id, { paymentId: 'pay_other' });
      return [entryOf(db)._id, 'pay_other'];
    },
  ],
  [
    'a second refund of one payment',
    async (db) => {
      await db.add('pointEntries', { ...entryOf(db), _id: 'entry_twice', seq: 1000 });
      return ['entry_twice', sale(db)._id];
    },
  ],
  [
    'a refund of another amount than the seats are worth',
    async (db) => {
      await db.set('pointEntries', entryOf(db)._id, { amount: 7 });
      return [entryOf(db)._id, sale(db)._id];
    },
  ],
  [
    'a fee that is lost',
    async (db) => {
      await db.set('reservations', sale(db)._id, { cancelled: [{ ...seatOf(db), fee: 0 }] });
      return [sale(db)._id];
    },
  ],
  [
    'more given back than was paid',
    async (db) => {
      await db.set('reservations', sale(db)._id, { cancelled: [{ ...seatOf(db), fee: -1000, refunded: 1120 }] });
      return [sale(db)._id];
    },
  ],
  [
    'points in the wallet of somebody else',
    async (db) => {
      await db.set('pointEntries', entryOf(db)._id, { userId: 'user_eve', seq: 1000 });
      return [entryOf(db)._id];
    },
  ],
];

/** So that it owned the seat for longer than clocks may differ. @returns when it began */
async function ownedForLong(db: Breaker): Promise<number> {
  const { _id, reservedAt, cancelled = [] } = later(db);
  const at = new Date(reservedAt.getTime() + 5000);
  await db.set('reservations', _id, { cancelled: cancelled.map((seat) => ({ ...seat, at })) });
  return reservedAt.getTime();
}

export const i14: Break[] = [
  [
    'a seat that was sold before it was given up',
    async (db) => {
      const at = new Date((await ownedForLong(db)) + 2000);
      await db.set('reservations', sale(db)._id, { cancelled: [{ ...seatOf(db), at }] });
      return [seatOf(db).seatId, sale(db)._id, later(db)._id];
    },
  ],
  [
    'a seat that is owned while it was never given up before',
    async (db) => {
      await ownedForLong(db);
      await db.set('reservations', sale(db)._id, { cancelled: [], seatIds: [seatOf(db).seatId] });
      return [seatOf(db).seatId, sale(db)._id, later(db)._id];
    },
  ],
];

export const i15: Break[] = [
  [
    'a seat that is still sold of a date that was given back',
    async (db) => {
      const callOff = db.one('callOffs');
      const seat = db.one('seats', ({ performanceId }) => performanceId === callOff._id);
      await db.set('seats', seat._id, { status: 'sold' });
      return [seat._id, callOff._id];
    },
  ],
];
