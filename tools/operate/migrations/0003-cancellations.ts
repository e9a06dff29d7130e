import type { Migration } from '../migrate/migration';

/**
 * Seats are sold again once they were cancelled, and reservations are left without any: the unique index would take those for
 * one and the same. Processes of 0.2.0, which know no migrations, are content with the new one, which has the same key.
 */
export const cancellations: Migration = {
  name: '0003-cancellations',
  additive: false,
  async up({ ensureIndexes, dropIndex }) {
    const owned = { name: 'owned_seats', unique: true, partialFilterExpression: { seatIds: { $type: 'string' } } };
    await ensureIndexes('reservations', [[{ seatIds: 1 }, owned]]);
    await dropIndex('reservations', 'seatIds_1');
    await ensureIndexes('callOffs', [[{ finishedAt: 1 }, { partialFilterExpression: { finishedAt: null } }]]);
  },
};
