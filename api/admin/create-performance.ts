import { z } from 'zod';
import type { SeatingPlanDoc, Section } from '../../shared/concerts/seating-plan.model';
import { cancellationFee, refundUntil } from '../concerts/performance-terms';
import { countSeats, layOutSeats, openPerformance, performanceOf } from '../concerts/set-up';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { invalid } from '../http/parse';
import { route } from '../http/route';
import { example, newIdOf, pathId, time } from '../http/schemas';
import { planToMakeFrom } from '../seating-plans/make-from-plan';
import { planId } from '../seating-plans/seating-plan';
import { adminPerformance, performanceExample, presentAdminPerformance } from './admin-performance';
import { audited } from './audited';

const maxSeats = 50_000;
const price = z.int().min(0).max(1_000_000_000);

const category = z.string().min(1).max(40);

const section = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/, 'Must be 1 to 20 letters and digits')
    .meta({ example: 'A' }),
  rows: z.int().min(1).max(500),
  seatsPerRow: z.int().min(1).max(1000),
  price: z
    .union([price, z.array(price).min(1).max(500)])
    .optional()
    .meta({
      description: 'Whole points, 0 for free: one price for all rows, or a list with one for each row from the front',
    }),
  category: z
    .union([category, z.array(category).min(1).max(500)])
    .optional()
    .meta({ description: 'In place of a price, one of those in `prices`: for all rows, or a list as well' }),
});

const newPerformance = z
  .strictObject({
    ...{ id: newIdOf(example.perf), startsAt: time, sections: z.array(section).min(1).max(100).optional() },
    seatingPlanId: planId.optional().meta({ description: 'A kept seating plan, in place of `sections`' }),
    prices: z
      .record(category, price)
      .optional()
      .meta({ description: 'Whole points for a seat, by category', example: { R: 1500, S: 800 } }),
    ...{ refundUntil: refundUntil.optional(), cancellationFee: cancellationFee.optional() },
  })
  .refine(({ sections, seatingPlanId }) => (sections === undefined) !== (seatingPlanId === undefined), {
    message: 'Give either sections or seatingPlanId',
  })
  .meta({ id: 'NewPerformance' });

type NewPerformance = z.output<typeof newPerformance>;
type NewSection = z.output<typeof section>;

export const createPerformance = route({
  method: 'post',
  path: '/v1/admin/concerts/{concertId}/performances',
  tag: 'Admin',
  summary: 'Create a date with all of its seats',
  description:
    `Made of \`sections\` of rows, or from a kept seating plan. At most ${maxSeats} seats. They are numbered through each section, from 1: \`<id>-<section>-<number>\`. The date goes ` +
    'on sale once all of them are there. The same request again gives the same answer, and completes what was ' +
    'interrupted; `ALREADY_EXISTS` if the id belongs to a performance that differs.',
  auth: ['admin'],
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
    byCategory: {
      ...{ id: example.perf, startsAt: '2026-12-24T10:00:00.000Z', prices: { R: 1500, S: 800 } },
      sections: [{ name: 'A', rows: 2, seatsPerRow: 10, category: ['R', 'S'] }],
    },
    planned: {
      ...{ id: example.perf, startsAt: '2026-12-24T10:00:00.000Z' },
      ...{ seatingPlanId: 'plan_demo', prices: { R: 1500, S: 800 } },
    },
  }),
  responses: {
    201: {
      description: 'The performance, on sale.',
      content: content(adminPerformance, { made: performanceExample }),
    },
  },
  errors: ['CONCERT_NOT_FOUND', 'SEATING_PLAN_NOT_FOUND', 'ALREADY_EXISTS', 'SERVICE_UNAVAILABLE'],
  async handler({ params, body, user }, context: ApiContext) {
    const plan = await planOf(context, params.concertId, body);
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
async function planOf(
  { models }: ApiContext,
  concertId: string,
  { id, startsAt, sections = [], seatingPlanId, prices = {}, ...terms }: NewPerformance,
): Promise<SeatingPlanDoc> {
  const hall =
    seatingPlanId === undefined
      ? { sections: sectionsOf(sections, prices) }
      : { sections: [], madeFrom: await planToMakeFrom(models, id, seatingPlanId, prices) };
  return {
    ...{ _id: id, concertId, startsAt: new Date(startsAt), ...hall },
    ...(terms.refundUntil && { refundUntil: new Date(terms.refundUntil) }),
    ...(terms.cancellationFee && { cancellationFee: terms.cancellationFee }),
  };
}

/** @throws Problem VALIDATION_FAILED for what no field can see by itself */
function sectionsOf(asked: NewSection[], prices: Readonly<Record<string, number>>): Section[] {
  const names = asked.map(({ name }) => name);
  const mistakes = asked.flatMap((own, index) => {
    const at = `body.sections.${index}`;
    return [
      ...(names.indexOf(own.name) < index ? [{ path: `${at}.name`, message: 'Named twice' }] : []),
      ...rowMistakes(own, prices).map(([field, message]) => ({ path: `${at}.${field}`, message })),
    ];
  });
  if (mistakes.length > 0) throw invalid(mistakes);
  const made = asked.map(({ name, seatsPerRow, ...own }) => ({ name, seatsPerRow, rowPrices: pricesOf(own, prices) }));
  const seats = countSeats(made);
  if (seats > maxSeats)
    throw invalid([{ path: 'body.sections', message: `${seats} seats: more than ${maxSeats} in one performance` }]);
  return made;
}

function rowMistakes(
  { rows, price: own, category: named }: NewSection,
  prices: Readonly<Record<string, number>>,
): [string, string][] {
  const field = named === undefined ? 'price' : 'category';
  const given = named ?? own;
  if ((own === undefined) === (named === undefined)) return [[field, 'Give either a price or a category']];
  if (Array.isArray(given) && given.length !== rows)
    return [[field, `Must be one ${field}, or ${rows}: one for each row`]];
  const unknown = [named ?? []].flat().find((name) => !Object.hasOwn(prices, name));
  return unknown === undefined ? [] : [[field, `No price in \`prices\`: ${unknown}`]];
}

function pricesOf(
  { rows, price: own, category: named }: Pick<NewSection, 'rows' | 'price' | 'category'>,
  prices: Readonly<Record<string, number>>,
): number[] {
  const given = named ?? own ?? [];
  const all = Array.isArray(given) ? given : Array.from({ length: rows }, () => given);
  return all.map((one) => (typeof one === 'number' ? one : (prices[one] ?? 0)));
}
