import type { Plan } from './explain';

interface Exception {
  is(plan: Plan): boolean;
  reason: string;
}

const small = ['lanes', 'fences', 'workers', 'processes', 'schedules', 'migrations'];

/** Statements that may read more than they return, each with its reason. All others are served by an index. */
export const exceptions: Exception[] = [
  {
    is: ({ collection }) => small.includes(collection),
    reason: 'as many documents as there are lanes, processes or migrations: a few dozen, whatever is sold',
  },
  {
    is: ({ collection, shape }) => collection === 'seats' && shape.startsWith('aggregate'),
    reason:
      'counts, or names, all seats of a date by the index alone; shared by all readers for SEAT_MAP_CACHE_MS, or asked by an admin',
  },
  {
    is: ({ collection, file }) => collection === 'reservations' && file === 'api/desk/get-sales-over-time.ts',
    reason: 'adds up all sales of a date, by the index of its reservations; asked by an admin for a chart',
  },
  {
    is: ({ collection, shape }) =>
      collection === 'commands' && shape.startsWith('aggregate [{$match:{status:?}},{$group'),
    reason:
      'an admin counts the unfinished commands of each lane by the index of those, as many as there are live holds',
  },
  {
    is: ({ file, shape }) => file === 'workers/retention/delete-old.ts' && shape.startsWith('delete'),
    reason: 'of two hundred ids in their order those that have ended early enough are deleted: of paid holds none',
  },
];
