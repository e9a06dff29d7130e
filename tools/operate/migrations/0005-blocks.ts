import type { Migration } from '../migrate/migration';

/**
 * Blocks, and the seats that they have. Not for older versions to serve: they would give points back for complimentary seats that
 * are cancelled, which nobody paid for.
 */
export const blocks: Migration = {
  name: '0005-blocks',
  additive: false,
  up: ({ ensureIndexes }) =>
    Promise.all([
      ensureIndexes('seats', [[{ blockId: 1 }, { partialFilterExpression: { blockId: { $type: 'string' } } }]]),
      ensureIndexes('blocks', [[{ by: 1, key: 1 }, { unique: true }], [{ performanceId: 1, _id: -1 }]]),
    ]),
};
