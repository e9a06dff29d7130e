import type { Migration } from '../migrate/migration';

/** Seating plans that are kept, and their seats. All reads are by `_id`. */
export const seatingPlansKept: Migration = {
  name: '0007-seating-plans',
  additive: true,
  up: ({ ensureIndexes }) => Promise.all([ensureIndexes('keptPlans', []), ensureIndexes('keptPlanSeats', [])]),
};
