import type { CreateIndexesOptions, IndexSpecification } from 'mongodb';
import type { Migration } from '../migrate/migration';

type Index = [key: IndexSpecification, options?: CreateIndexesOptions];

/**
 * The collections and their indexes. Processes of 0.2.0 and before made theirs themselves when they started: of those only
 * what is missing is made here, and what this version does not need stays for them. It may be dropped when they are gone.
 */
const collections: Record<string, Index[]> = {
  concerts: [[{ createdAt: -1, _id: 1 }]],
  performances: [[{ concertId: 1, startsAt: 1, _id: 1 }]],
  seats: [[{ performanceId: 1, status: 1 }]],
  seatingPlans: [],
  holds: [
    [{ userId: 1, _id: -1 }],
    [{ userId: 1, performanceId: 1, _id: -1 }],
    [{ seatIds: 1 }, { unique: true, partialFilterExpression: { status: 'held' } }],
  ],
  wallets: [],
  pointEntries: [[{ userId: 1, seq: 1 }, { unique: true }]],
  payments: [[{ holdId: 1 }, { unique: true }]],
  reservations: [[{ userId: 1, _id: -1 }], [{ seatIds: 1 }, { unique: true }]],
  commands: [
    [{ lane: 1, dueAt: 1, _id: 1 }, { partialFilterExpression: { status: 'accepted' } }],
    [
      { userId: 1, key: 1 },
      { unique: true, partialFilterExpression: { key: { $type: 'string' } } },
    ],
    [
      { exclusive: 1 },
      { unique: true, partialFilterExpression: { status: 'accepted', exclusive: { $type: 'string' } } },
    ],
    [{ 'payload.holdId': 1 }, { partialFilterExpression: { status: 'accepted', kind: 'payment.pay' } }],
    [
      { userId: 1, finishedAt: 1, _id: 1 },
      { partialFilterExpression: { key: { $type: 'string' }, finishedAt: { $gt: new Date(0) } } },
    ],
    [{ status: 1, _id: -1 }, { partialFilterExpression: { status: 'failed' } }],
  ],
  lanes: [],
  fences: [],
  workers: [],
  processes: [],
  adminActions: [],
  schedules: [],
  admissions: [[{ deleteAt: 1 }, { expireAfterSeconds: 0 }]],
};

export const collectionsAndIndexes: Migration = {
  name: '0001-collections-and-indexes',
  additive: true,
  up: ({ ensureIndexes }) =>
    Promise.all(Object.entries(collections).map(([name, indexes]) => ensureIndexes(name, indexes))),
};
