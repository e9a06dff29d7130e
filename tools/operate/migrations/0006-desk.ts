import type { Migration } from '../migrate/migration';

/** What operators look up by: seats, performances, requests; their looks apart from their changes; requests for a second person. */
export const desk: Migration = {
  name: '0006-desk',
  additive: true,
  up: ({ ensureIndexes }) =>
    Promise.all([
      ensureIndexes('holds', [[{ seatIds: 1, _id: -1 }]]),
      ensureIndexes('reservations', [[{ performanceId: 1, _id: -1 }]]),
      ensureIndexes('commands', [[{ requestId: 1 }, { partialFilterExpression: { requestId: { $type: 'string' } } }]]),
      ensureIndexes('adminActions', [[{ look: 1, _id: -1 }]]),
      ensureIndexes('approvals', [
        [
          { action: 1, target: 1 },
          { unique: true, partialFilterExpression: { status: 'waiting' } },
        ],
      ]),
    ]),
};
