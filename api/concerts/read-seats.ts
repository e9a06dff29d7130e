import type { SeatDoc, SeatStatus } from '../../shared/concerts/seat.model';
import type { Models } from '../../shared/models';

export type PresentedSeat = ReturnType<typeof presentSeat>;

export interface SeatChange {
  id: string;
  status: SeatStatus;
}

/** All seats of a performance as a map shows them, in order; null when there is no such performance. */
export async function readSeats(models: Models, performanceId: string): Promise<PresentedSeat[] | null> {
  const [performance, seats] = await Promise.all([
    models.performances.exists({ _id: performanceId }),
    models.seats.find({ performanceId }, { holdId: 0, performanceId: 0 }).readConcern('snapshot').lean(),
  ]);
  return performance && seats.sort(byPosition).map(presentSeat);
}

/** Where a seat is. */
export type SeatPlace = Pick<SeatDoc, '_id' | 'section' | 'row' | 'number' | 'order'>;

/** Of a performance the seats that `wanted` names, in order, without what else is known of them; null when there is no such performance. */
export async function readPlaces(
  models: Models,
  performanceId: string,
  wanted: Partial<Record<'_id' | 'section' | 'row', { $in: string[] }>>,
): Promise<SeatPlace[] | null> {
  const [performance, places] = await Promise.all([
    models.performances.exists({ _id: performanceId }),
    models.seats
      .find({ performanceId, ...wanted }, { section: 1, row: 1, number: 1, order: 1 })
      .readConcern('snapshot')
      .lean<SeatPlace[]>(),
  ]);
  return performance && places.sort(byPosition);
}

/** The status of every seat, and no more: to find what has changed in a known hall, for a fraction of what `readSeats` costs. */
export async function readStatuses(models: Models, performanceId: string): Promise<SeatChange[]> {
  const groups = await models.seats
    .aggregate<{ _id: SeatStatus; ids: string[] }>([
      { $match: { performanceId } },
      { $group: { _id: '$status', ids: { $push: '$_id' } } },
    ])
    .readConcern('snapshot');
  return groups.flatMap(({ _id: status, ids }) => ids.map((id) => ({ id, status })));
}

type ListedSeat = Omit<SeatDoc, 'holdId' | 'performanceId'>;

/** What only seating plans give takes no byte in a map of others. */
function presentSeat({ _id, section, row, number, price, status, label, x, y, attributes, rank }: ListedSeat) {
  return {
    ...{ id: _id, section, row, number },
    ...(label !== undefined && { label }),
    ...(x !== undefined && { x }),
    ...(y !== undefined && { y }),
    ...(attributes !== undefined && { attributes }),
    ...(rank !== undefined && { rank }),
    ...{ price, status },
  };
}

/** In the order of the seating plan; where there is none, rows run A to Z, then AA. */
function byPosition(a: Omit<SeatPlace, '_id'>, b: Omit<SeatPlace, '_id'>): number {
  if (a.order !== undefined && b.order !== undefined) return a.order - b.order;
  return compare(a.section, b.section) || a.row.length - b.row.length || compare(a.row, b.row) || a.number - b.number;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
