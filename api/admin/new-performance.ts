import { z } from 'zod';
import type { SeatingPlanDoc, Section } from '../../shared/concerts/seating-plan.model';
import { countSeats } from '../concerts/seats-of';
import { invalid } from '../http/parse';
import { example, time } from '../http/schemas';
import { newIdOf } from './new-id';

export const mostSeats = 50_000;
const price = z.int().min(1).max(1_000_000_000);

const section = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/, 'Must be 1 to 20 letters and digits')
    .meta({ example: 'A' }),
  rows: z.int().min(1).max(500),
  seatsPerRow: z.int().min(1).max(1000),
  price: z
    .union([price, z.array(price).min(1).max(500)])
    .meta({ description: 'Whole points: one price for all rows, or a list with one for each row from the front' }),
});

export const newPerformance = z
  .strictObject({ id: newIdOf(example.perf), startsAt: time, sections: z.array(section).min(1).max(100) })
  .meta({ id: 'NewPerformance' });

/**
 * The seating plan that a request asks for.
 * @throws Problem VALIDATION_FAILED for what no field can see by itself
 */
export function planOf(concertId: string, { id, startsAt, sections }: z.output<typeof newPerformance>): SeatingPlanDoc {
  const names = sections.map(({ name }) => name);
  const mistakes = sections.flatMap(({ name, rows, price: prices }, index) => [
    ...(names.indexOf(name) < index ? [{ path: `body.sections.${index}.name`, message: 'Named twice' }] : []),
    ...(Array.isArray(prices) && prices.length !== rows
      ? [{ path: `body.sections.${index}.price`, message: `Must be one price, or ${rows}: one for each row` }]
      : []),
  ]);
  if (mistakes.length > 0) throw invalid(mistakes);
  const plan = { _id: id, concertId, startsAt: new Date(startsAt), sections: sections.map(sectionOf) };
  const seats = countSeats(plan.sections);
  if (seats > mostSeats)
    throw invalid([{ path: 'body.sections', message: `${seats} seats: more than ${mostSeats} in one performance` }]);
  return plan;
}

function sectionOf({ name, rows, seatsPerRow, price: prices }: z.output<typeof section>): Section {
  return { name, seatsPerRow, rowPrices: Array.isArray(prices) ? prices : Array.from({ length: rows }, () => prices) };
}
