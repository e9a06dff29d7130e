import type { Break, Breaker } from './breaker';

const ann = 'user_ann';
const annsEntry = (db: Breaker, seq: number) =>
  db.one('pointEntries', (entry) => entry.userId === ann && entry.seq === seq);
const sale = (db: Breaker) => {
  const payment = db.one('payments');
  const reservation = db.one('reservations', ({ paymentId }) => paymentId === payment._id);
  const entry = db.one('pointEntries', ({ paymentId }) => paymentId === payment._id);
  return { payment, reservation, entry };
};

export const i1: Break[] = [
  [
    'a balance that nobody charged',
    async (db) => {
      await db.set('wallets', ann, { balance: 1_000_000 });
      return [ann];
    },
  ],
  [
    'a wallet that is gone',
    async (db) => {
      await db.remove('wallets', ann);
      return [ann];
    },
  ],
  [
    'a wallet without entries',
    async (db) => {
      await db.add('wallets', { _id: 'user_new', balance: 5, seq: 0 });
      return ['user_new'];
    },
  ],
  [
    'an entry that is gone',
    async (db) => {
      await db.remove('pointEntries', annsEntry(db, 2)._id);
      return [ann];
    },
  ],
];

export const i2: Break[] = [
  [
    'a gap',
    async (db) => {
      await db.remove('pointEntries', annsEntry(db, 2)._id);
      return [annsEntry(db, 3)._id, ann];
    },
  ],
  [
    'two entries of one number',
    async (db) => {
      await db.dropIndex('pointEntries', 'userId_1_seq_1');
      await db.add('pointEntries', { ...annsEntry(db, 2), _id: 'entry_twice' });
      return [ann];
    },
  ],
  [
    'a balance that does not follow',
    async (db) => {
      const { _id, balanceAfter } = annsEntry(db, 2);
      await db.set('pointEntries', _id, { balanceAfter: balanceAfter + 1 });
      return [_id, ann];
    },
  ],
  [
    'a wallet that counts too many',
    async (db) => {
      await db.set('wallets', ann, { seq: 99 });
      return [ann];
    },
  ],
  [
    'an entry of nothing',
    async (db) => {
      const { _id } = annsEntry(db, 1);
      await db.set('pointEntries', _id, { amount: 0 });
      return [_id];
    },
  ],
  [
    'an entry of an unknown kind',
    async (db) => {
      const { _id } = annsEntry(db, 2);
      await db.set('pointEntries', _id, { kind: 'gift' });
      return [_id];
    },
  ],
];

export const i3: Break[] = [
  [
    'a wallet below zero',
    async (db) => {
      await db.set('wallets', ann, { balance: -1 });
      return [ann];
    },
  ],
  [
    'a balance below zero on the way',
    async (db) => {
      const { _id } = annsEntry(db, 2);
      await db.set('pointEntries', _id, { balanceAfter: -1 });
      return [_id, ann];
    },
  ],
  [
    'half a point',
    async (db) => {
      await db.set('wallets', ann, { balance: 0.5 });
      return [ann];
    },
  ],
];

export const i4: Break[] = [
  [
    'a reservation without a payment',
    async (db) => {
      const { payment, reservation } = sale(db);
      await db.remove('payments', payment._id);
      return [reservation._id];
    },
  ],
  [
    'a payment without a reservation',
    async (db) => {
      const { payment, reservation } = sale(db);
      await db.remove('reservations', reservation._id);
      return [payment._id];
    },
  ],
  [
    'a sale without an entry',
    async (db) => {
      const { payment, reservation, entry } = sale(db);
      await db.remove('pointEntries', entry._id);
      return [payment._id, reservation._id];
    },
  ],
  [
    'an entry of another amount',
    async (db) => {
      const { reservation, entry } = sale(db);
      await db.set('pointEntries', entry._id, { amount: entry.amount - 1 });
      return [reservation._id, entry._id];
    },
  ],
  [
    'a reservation of another amount',
    async (db) => {
      const { payment, reservation } = sale(db);
      await db.set('reservations', reservation._id, { amount: 1 });
      return [reservation._id, payment._id];
    },
  ],
  [
    'less paid than the hold was for',
    async (db) => {
      const { payment, reservation, entry } = sale(db);
      await db.set('payments', payment._id, { amount: 1 });
      await db.set('reservations', reservation._id, { amount: 1 });
      await db.set('pointEntries', entry._id, { amount: 1 });
      return [reservation._id, payment._id, payment.holdId];
    },
  ],
  [
    'somebody else who paid',
    async (db) => {
      const { payment, reservation } = sale(db);
      await db.set('payments', payment._id, { userId: 'user_eve' });
      return [reservation._id, payment._id];
    },
  ],
  [
    'an entry for another payment',
    async (db) => {
      const { entry } = sale(db);
      await db.set('pointEntries', entry._id, { paymentId: 'pay_other' });
      return [entry._id];
    },
  ],
  [
    'a second reservation for one payment',
    async (db) => {
      await db.dropIndex('reservations', 'owned_seats');
      await db.add('reservations', { ...sale(db).reservation, _id: 'res_second' });
      return ['res_second'];
    },
  ],
];
