import { z } from 'zod';
import type { KeptPlanDoc } from '../../shared/seating-plans/kept-plan.model';
import { newIdOf, time } from '../http/schemas';
import { lineOfText } from '../http/text';

export const planExampleId = 'plan_demo';
export const newPlanId = newIdOf(planExampleId);
export const planTitle = lineOfText(200);
/** Of a path or a body that names a plan. */
export const planId = z.string().min(1).max(80).meta({ example: planExampleId });
export const planPath = z.strictObject({ planId });

const counted = z.array(z.strictObject({ name: z.string(), seats: z.int().min(1) }));

/** A kept plan without its seats. */
export const seatingPlan = z
  .strictObject({
    ...{ id: planId, title: z.string(), version: z.int().min(1), seatsTotal: z.int().min(1) },
    sections: counted,
    categories: counted.meta({ description: 'What dates made from it need prices for' }),
    hasCoordinates: z.boolean().meta({ description: 'Whether maps draw it as it is, and not by rows' }),
    used: z.boolean().meta({ description: 'Whether dates were made from it, in this version or an earlier one' }),
    ...{ createdAt: time, updatedAt: time },
  })
  .meta({ id: 'SeatingPlan' });

export function presentPlan(plan: KeptPlanDoc) {
  const { _id: id, title, version, seatsTotal, sections, categories, hasCoordinates, usedVersion } = plan;
  const times = { createdAt: plan.createdAt.toISOString(), updatedAt: plan.updatedAt.toISOString() };
  return { id, title, version, seatsTotal, sections, categories, hasCoordinates, used: usedVersion !== null, ...times };
}

export const planExample = {
  ...{ id: planExampleId, title: 'Small Hall', version: 1, seatsTotal: 3, hasCoordinates: true, used: false },
  sections: [{ name: '1층', seats: 3 }],
  categories: [
    { name: 'R', seats: 2 },
    { name: 'S', seats: 1 },
  ],
  createdAt: '2026-11-01T09:00:00.000Z',
  updatedAt: '2026-11-01T09:00:00.000Z',
};

export const seatExamples = [
  { section: '1층', row: 'A', number: 1, category: 'R', x: 0, y: 0, attributes: ['aisle' as const], rank: 1 },
  { section: '1층', row: 'A', number: 2, category: 'R', x: 1, y: 0, rank: 1 },
  {
    section: '1층',
    row: 'B',
    number: 1,
    label: '1W',
    category: 'S',
    x: 0,
    y: 1.2,
    attributes: ['accessible' as const],
  },
];
