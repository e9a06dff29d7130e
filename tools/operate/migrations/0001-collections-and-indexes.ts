import type { CreateIndexesOptions, IndexSpecification } from 'mongodb';
import type { Migration } from '../migrate/migration';

const daySeconds = 24 * 60 * 60;

type Index = [key: IndexSpecification, options?: CreateIndexesOptions];

/**
 * The collections of version 0.2.0 and their indexes. Processes of that version and of 0.1.0 made them themselves when they
 * started, so of theirs only what is missing is made here.
 */
const collections: Record<string, Index[]> = {
  concerts: [],
  performances: [[{ concertId: 1, startsAt: 1 }]],
  seats: [[{ performanceId: 1, status: 1 }]],
  seatingPlans: [],
  holds: [
    [{ userId: 1, _id: -1 }],
    [{ userId: 1, performanceId: 1 }],
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
    [{ status: 1, _id: -1 }, { partialFilterExpression: { status: 'failed' } }],
  ],
  lanes: [],
  fences: [],
  workers: [],
  processes: [],
  adminActions: [],
  schedules: [],
  admissions: [[{ at: 1 }, { expireAfterSeconds: daySeconds }]],
};

export const collectionsAndIndexes: Migration = {
  name: '0001-collections-and-indexes',
  additive: true,
  up: ({ ensureIndexes }) =>
    Promise.all(Object.entries(collections).map(([name, indexes]) => ensureIndexes(name, indexes))),
};
