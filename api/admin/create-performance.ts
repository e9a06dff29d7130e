import { z } from 'zod';
import type { SeatingPlanDoc, Section } from '../../shared/concerts/seating-plan.model';
import { cancellationFee, refundUntil } from '../concerts/performance-terms';
import { countSeats, layOutSeats, openPerformance, performanceOf } from '../concerts/set-up';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { invalid } from '../http/parse';
import { route } from '../http/route';
import { example, newIdOf, pathId, time } from '../http/schemas';
import { adminPerformance, performanceExample, presentAdminPerformance } from './admin-performance';
import { audited } from './audited';

const maxSeats = 50_000;
const price = z.int().min(0).max(1_000_000_000);

const section = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/, 'Must be 1 to 20 letters and digits')
    .meta({ example: 'A' }),
  rows: z.int().min(1).max(500),
  seatsPerRow: z.int().min(1).max(1000),
  price: z.union([price, z.array(price).min(1).max(500)]).meta({
    description: 'Whole points, 0 for free: one price for all rows, or a list with one for each row from the front',
  }),
});

const newPerformance = z
  .strictObject({
    ...{ id: newIdOf(example.perf), startsAt: time, sections: z.array(section).min(1).max(100) },
    ...{ refundUntil: refundUntil.optional(), cancellationFee: cancellationFee.optional() },
  })
  .meta({ id: 'NewPerformance' });

export const createPerformance = route({
  method: 'post',
  path: '/v1/admin/concerts/{concertId}/performances',
  tag: 'Admin',
  summary: 'Create a date with all of its seats',
  description:
    `At most ${maxSeats} seats. They are numbered through each section, from 1: \`<id>-<section>-<number>\`. The date goes ` +
    'on sale once all of them are there. The same request again gives the same answer, and completes what was ' +
    'interrupted; `ALREADY_EXISTS` if the id belongs to a performance that differs.',
  auth: 'admin',
  params: pathId('concertId', 'concert'),
  body: content(newPerformance, {
    hall: {
      id: example.perf,
      startsAt: '2026-12-24T10:00:00.000Z',
      sections: [
        { name: 'A', rows: 2, seatsPerRow: 10, price: [1500, 1200] },
        { name: 'B', rows: 3, seatsPerRow: 10, price: 800 },
      ],
    },
  }),
  responses: {
    201: {
      description: 'The performance, on sale.',
      content: content(adminPerformance, { made: performanceExample }),
    },
  },
  errors: ['CONCERT_NOT_FOUND', 'ALREADY_EXISTS', 'SERVICE_UNAVAILABLE'],
  async handler({ params, body, user }, context: ApiContext) {
    const plan = planOf(params.concertId, body);
    if (plan.startsAt.getTime() <= context.clock.now()) await demandThere(context, plan._id);
    const open = await layOutSeats(context.models, plan);
    if (!open) {
      const action = { adminId: user.id, action: 'performance.create', target: plan._id } as const;
      await audited(context, action, async (session) => {
        const created = await openPerformance(context.models, plan, session);
        return { value: created, details: created ? { concertId: plan.concertId, ...body } : null };
      });
    }
    return { status: 201, body: presentAdminPerformance(open ?? performanceOf(plan)) };
  },
});

/** What is on sale already is answered again; nothing new begins in the past. @throws Problem VALIDATION_FAILED */
async function demandThere({ models }: ApiContext, performanceId: string): Promise<void> {
  if (await models.performances.exists({ _id: performanceId })) return;
  throw invalid([{ path: 'body.startsAt', message: 'Must be in the future' }]);
}

/**
 * The seating plan that a request asks for.
 * @throws Problem VALIDATION_FAILED for what no field can see by itself
 */
function planOf(
  concertId: string,
  { id, startsAt, sections, ...terms }: z.output<typeof newPerformance>,
): SeatingPlanDoc {
  const names = sections.map(({ name }) => name);
  const mistakes = sections.flatMap(({ name, rows, price: prices }, index) => [
    ...(names.indexOf(name) < index ? [{ path: `body.sections.${index}.name`, message: 'Named twice' }] : []),
    ...(Array.isArray(prices) && prices.length !== rows
      ? [{ path: `body.sections.${index}.price`, message: `Must be one price, or ${rows}: one for each row` }]
      : []),
  ]);
  if (mistakes.length > 0) throw invalid(mistakes);
  const plan: SeatingPlanDoc = {
    ...{ _id: id, concertId, startsAt: new Date(startsAt), sections: sections.map(sectionOf) },
    ...(terms.refundUntil && { refundUntil: new Date(terms.refundUntil) }),
    ...(terms.cancellationFee && { cancellationFee: terms.cancellationFee }),
  };
  const seats = countSeats(plan.sections);
  if (seats > maxSeats)
    throw invalid([{ path: 'body.sections', message: `${seats} seats: more than ${maxSeats} in one performance` }]);
  return plan;
}

function sectionOf({ name, rows, seatsPerRow, price: prices }: z.output<typeof section>): Section {
  return { name, seatsPerRow, rowPrices: Array.isArray(prices) ? prices : Array.from({ length: rows }, () => prices) };
}
