import type { Migration } from '../migrate/migration';

/** Who waits for seats of sold-out sections. */
export const standby: Migration = {
  name: '0004-standby',
  additive: true,
  up: ({ ensureIndexes }) =>
    Promise.all([
      ensureIndexes('standbyEntries', [
        [{ performanceId: 1, section: 1, status: 1, number: 1 }],
        [{ userId: 1, _id: -1 }],
        [
          { userId: 1, performanceId: 1 },
          { unique: true, partialFilterExpression: { live: true } },
        ],
        [{ endedAt: 1 }, { partialFilterExpression: { endedAt: { $gt: new Date(0) } } }],
      ]),
      ensureIndexes('standbyLines', [[{ performanceId: 1 }, { partialFilterExpression: { waiting: { $gt: 0 } } }]]),
    ]),
};
