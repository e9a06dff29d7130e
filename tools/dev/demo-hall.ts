import { checkSeats } from '../../api/seating-plans/check-seats';
import { createMistakes } from '../../api/seating-plans/mistakes';
import type { ImportedSeat } from '../../api/seating-plans/plan-seat';
import { storePlan } from '../../api/seating-plans/store-plan';
import type { SeatingPlanDoc } from '../../shared/concerts/seating-plan.model';
import type { Context } from '../../shared/context';

export const demoPlanId = 'plan_demo_hall';
const prices = [
  { category: 'A', price: 700 },
  { category: 'R', price: 2000 },
  { category: 'S', price: 1200 },
];

/** Around the stage in arcs: stalls on both sides of an aisle, a balcony behind them, wheelchair places at its foot. */
export function* demoHallSeats(): Generator<ImportedSeat> {
  for (let row = 0; row < 9; row += 1) {
    const half = 7 + Math.floor(row / 2);
    for (const side of [-1, 1])
      for (let i = 0; i < half; i += 1) {
        const fromMiddle = side < 0 ? half - i : i + 1;
        yield {
          ...{ section: '1층', row: String.fromCharCode(65 + row), number: (side < 0 ? 0 : half) + i + 1 },
          ...{ category: row < 3 ? 'R' : 'S', ...onArc(9 + row * 1.1, side * (fromMiddle + 0.15)) },
          ...(fromMiddle === 1 && { attributes: ['aisle'] }),
        };
      }
  }
  for (let place = 1; place <= 4; place += 1) {
    const attributes = [place % 2 === 1 ? ('accessible' as const) : ('companion' as const)];
    const at = onArc(9 + 9.3 * 1.1, (place < 3 ? -9 : 6) + place * 1.2);
    yield { section: '1층', row: 'W', number: place < 3 ? place : place + 1, category: 'S', ...at, attributes };
  }
  for (let row = 0; row < 3; row += 1)
    for (let i = 0; i < 24; i += 1) {
      const isSide = i < 2 || i > 21;
      yield {
        ...{ section: '2층', row: String(row + 1), number: i + 1, label: String(201 + row * 24 + i), category: 'A' },
        ...onArc(21.5 + row * 1.1, i - 11.5),
        ...(isSide && { attributes: ['restricted-view'] }),
      };
    }
}

/** The seat `along` an arc of the radius, from the middle; the stage is its centre. */
function onArc(radius: number, along: number): { x: number; y: number } {
  const angle = along / radius;
  return { x: radius * Math.sin(angle), y: radius * Math.cos(angle) };
}

/** Keeps the demo hall's plan unless it is kept. @returns a date made from it */
export async function demoHallDate(
  { models, connection, clock }: Pick<Context, 'models' | 'connection' | 'clock'>,
  date: Pick<SeatingPlanDoc, '_id' | 'concertId' | 'startsAt'>,
): Promise<SeatingPlanDoc> {
  const raw = Array.from(demoHallSeats(), (cells, i) => ({ line: i + 1, cells: { ...cells } }));
  const seats = await checkSeats(raw, undefined, createMistakes());
  const imported = { id: demoPlanId, title: 'Demo Hall', seats };
  const session = connection.getClient().startSession();
  try {
    const { plan } = await session.withTransaction(() => storePlan(models, imported, new Date(clock.now()), session));
    const { version, seatsTotal } = plan;
    return { ...date, sections: [], madeFrom: { planId: demoPlanId, version, seatsTotal, prices } };
  } finally {
    await session.endSession();
  }
}
