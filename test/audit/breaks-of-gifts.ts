import type { Break, Breaker } from './breaker';

const blocked = (db: Breaker) => db.one('seats', ({ status }) => status === 'blocked');
const block = (db: Breaker) => db.one('blocks', ({ freedAt }) => freedAt === null);
const given = (db: Breaker) => db.one('reservations', ({ complimentary }) => complimentary !== undefined);

export const i18: Break[] = [
  [
    'a blocked seat without a block',
    async (db) => {
      await db.set('seats', blocked(db)._id, { blockId: null });
      return [blocked(db)._id];
    },
  ],
  [
    'a seat on sale that has a block',
    async (db) => {
      await db.set('seats', blocked(db)._id, { status: 'available' });
      return [blocked(db)._id, block(db)._id];
    },
  ],
  [
    'a block that is gone',
    async (db) => {
      await db.remove('blocks', block(db)._id);
      return [block(db)._id];
    },
  ],
  [
    'a seat of another performance',
    async (db) => {
      await db.set('blocks', block(db)._id, { performanceId: 'perf_one' });
      return [block(db)._id, 'perf_two'];
    },
  ],
  [
    'a seat of a section that nobody asked for',
    async (db) => {
      await db.set('blocks', block(db)._id, { jobs: [{ id: 'job_x', section: 'Z', seats: 2 }] });
      return [block(db)._id];
    },
  ],
  [
    'more seats than were asked for',
    async (db) => {
      await db.set('blocks', block(db)._id, { seats: 0 });
      return [block(db)._id];
    },
  ],
  [
    'a block that was freed and has seats still',
    async (db) => {
      await db.set('blocks', block(db)._id, { freedAt: new Date(db.now - 120_000) });
      return [block(db)._id];
    },
  ],
];

export const i19: Break[] = [
  [
    'seats that no recorded action gave',
    async (db) => {
      const { _id, complimentary } = given(db);
      await db.set('reservations', _id, { complimentary: { ...complimentary, actionId: 'act_none' } });
      return [_id, 'act_none'];
    },
  ],
  [
    'seats that another operator gave than the record says',
    async (db) => {
      const { _id, complimentary } = given(db);
      await db.set('reservations', _id, { complimentary: { ...complimentary, by: 'user_eve' } });
      return [_id];
    },
  ],
  [
    'seats that were given for points',
    async (db) => {
      await db.set('reservations', given(db)._id, { amount: 300 });
      return [given(db)._id];
    },
  ],
  [
    'points back for seats that were given',
    async (db) => {
      const { _id, cancelled = [] } = given(db);
      await db.set('reservations', _id, { cancelled: cancelled.map((seat) => ({ ...seat, refunded: 300 })) });
      return [_id];
    },
  ],
];
