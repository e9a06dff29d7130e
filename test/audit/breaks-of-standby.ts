import type { Break, Breaker } from './breaker';

/** Ann, who was offered a seat, and eve behind her, who waits for one. */
const first = (db: Breaker) => db.one('standbyEntries', ({ status }) => status === 'offered');
const second = (db: Breaker) => db.one('standbyEntries', ({ status }) => status === 'waiting');
const lineOf = (db: Breaker) => db.one('standbyLines', ({ joined }) => joined === 3);

/** Of dates that were called off: beside those of the reservations. */
export const waitsForNothing: Break[] = [
  [
    'somebody who waits for a date that was given back',
    async (db) => {
      await db.set('standbyEntries', second(db)._id, { performanceId: 'perf_two', section: 'A', number: 1 });
      return [second(db)._id, 'perf_two/A'];
    },
  ],
];

export const i16: Break[] = [
  [
    'a seat that is free while somebody waits for it',
    async (db) => {
      const { _id } = db.one('seats', ({ holdId }) => holdId === first(db).holdId);
      await db.set('seats', _id, { status: 'available', holdId: null });
      return [second(db)._id];
    },
  ],
];

export const i17: Break[] = [
  [
    'an offer past somebody ahead',
    async (db) => {
      await db.set('standbyEntries', second(db)._id, { number: 1 });
      await db.set('standbyEntries', first(db)._id, { number: 2 });
      return [first(db)._id, second(db)._id];
    },
  ],
  [
    'a line that counts more than wait',
    async (db) => {
      await db.set('standbyLines', lineOf(db)._id, { waiting: 2 });
      return [lineOf(db)._id];
    },
  ],
  [
    'somebody who is gone from the line',
    async (db) => {
      await db.remove('standbyEntries', second(db)._id);
      return [lineOf(db)._id];
    },
  ],
  [
    'somebody who was skipped, and has an offer',
    async (db) => {
      await db.set('standbyEntries', first(db)._id, { status: 'skipped' });
      return [first(db)._id, String(first(db).holdId)];
    },
  ],
  [
    'an offer of nothing',
    async (db) => {
      await db.set('standbyEntries', second(db)._id, { status: 'offered' });
      return [second(db)._id];
    },
  ],
];
