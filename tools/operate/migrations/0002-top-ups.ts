import type { Migration } from '../migrate/migration';

/** What the payment provider knows of, what wallets owe, and entries by day. */
export const topUps: Migration = {
  name: '0002-top-ups',
  additive: true,
  up: ({ ensureIndexes }) =>
    Promise.all([
      ensureIndexes('topUps', [
        [{ userId: 1, key: 1 }, { unique: true }],
        [{ paymentId: 1 }, { unique: true, partialFilterExpression: { paymentId: { $type: 'string' } } }],
        [{ userId: 1 }, { partialFilterExpression: { status: 'pending' } }],
        [{ pollAt: 1 }, { partialFilterExpression: { pollAt: { $type: 'date' } } }],
        [{ status: 1, _id: -1 }],
      ]),
      ensureIndexes('pointEntries', [[{ at: 1 }]]),
      ensureIndexes('wallets', [[{ debt: -1, _id: 1 }, { partialFilterExpression: { debt: { $gt: 0 } } }]]),
      ensureIndexes('providerEvents', [
        [{ tryAt: 1 }, { partialFilterExpression: { pending: true } }],
        [{ receivedAt: 1 }, { expireAfterSeconds: 90 * 24 * 3600 }],
      ]),
    ]),
};
