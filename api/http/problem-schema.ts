import { z } from 'zod';
import { type ProblemCode, problemDocument, problems } from '../../shared/platform/errors';
import { planMistakeCodes } from '../../shared/seating-plans/plan-mistakes';
import { time } from './schemas';

export const problemCodes = Object.keys(problems) as ProblemCode[];

export const problemCode = z
  .enum(problemCodes)
  .meta({ id: 'ProblemCode', description: 'Everything that the API may refuse' });

const planMistake = z
  .strictObject({
    ...{ line: z.int(), column: z.string().nullable() },
    code: z.enum(planMistakeCodes).meta({ description: 'What is wrong, for words of your own' }),
    values: z.record(z.string(), z.union([z.string(), z.number()])).meta({ description: 'What the words need' }),
    message: z.string().meta({ description: 'The same as an English sentence' }),
  })
  .meta({ id: 'PlanMistake' });

/** RFC 9457, with `code` for programs; some codes add members of their own. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: problemCode,
    detail: z.string(),
    errors: z
      .array(z.strictObject({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'With VALIDATION_FAILED: the mistakes, at most 20, by their path in the request' }),
    lines: z.array(planMistake).optional().meta({
      description:
        'With SEATING_PLAN_INVALID: the mistakes, at most 100, by line of the CSV, or by position in `seats`, from 1',
    }),
    mistakes: z.int().optional().meta({ description: 'With SEATING_PLAN_INVALID: how many there are in all' }),
    seatIds: z
      .array(z.string())
      .optional()
      .meta({ description: 'With SEAT_TAKEN, SEAT_NOT_FOUND and SEAT_HELD_TOO_OFTEN: which seats' }),
    yours: z.array(z.string()).optional().meta({ description: 'With SEAT_TAKEN: those of the seats that you hold' }),
    together: z
      .int()
      .optional()
      .meta({ description: 'With NO_SEATS_TOGETHER: most seats that fit the wish side by side' }),
    available: z.int().optional().meta({ description: 'With NO_SEATS_TOGETHER: how many fit the wish' }),
    charges: z.enum(['service', 'provider']).optional().meta({ description: 'With CHARGES_CLOSED: who adds points' }),
    state: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'With QUEUE_POLL_TOO_EARLY: where the token stands, as a poll in time answers it' }),
    retryAt: time.optional().meta({ description: 'With SEAT_HELD_TOO_OFTEN and TOO_MANY_UNPAID_HOLDS: from when on' }),
    balance: z
      .int()
      .optional()
      .meta({ description: 'With POINTS_INSUFFICIENT and BALANCE_LIMIT_EXCEEDED: what you have' }),
    debt: z.int().optional().meta({ description: 'With WALLET_IN_DEBT: how many points are owed' }),
    amount: z.int().optional().meta({ description: 'With POINTS_INSUFFICIENT: what it takes' }),
    seats: z.int().optional().meta({ description: 'With SEAT_LIMIT_EXCEEDED: how many you have already' }),
    limit: z.int().optional().meta({ description: 'With SEAT_LIMIT_EXCEEDED: how many you may have' }),
  })
  .meta({ id: 'Problem' });

const details: Partial<Record<ProblemCode, [detail: string, extra?: Record<string, unknown>]>> = {
  VALIDATION_FAILED: [
    'body.amount: Too small: expected number to be >=1.',
    { errors: [{ path: 'body.amount', message: 'Too small: expected number to be >=1' }] },
  ],
  SEATING_PLAN_INVALID: [
    'Line 3, category: No such category (and 1 more).',
    {
      lines: [
        { line: 3, column: 'category', code: 'UNKNOWN_CATEGORY', values: {}, message: 'No such category' },
        { line: 7, column: 'number', code: 'SAME_SEAT', values: { line: 6 }, message: 'The same seat as line 6' },
      ],
      mistakes: 2,
    },
  ],
  SEAT_TAKEN: ['Held or sold: perf_demo_1-A-1.', { seatIds: ['perf_demo_1-A-1'] }],
  SEAT_LIMIT_EXCEEDED: ['You have 6 of at most 8 seats of this performance.', { seats: 6, limit: 8 }],
  SEAT_HELD_TOO_OFTEN: [
    'You held perf_demo_1-A-1 and did not pay. You may hold that again at 2026-11-20T19:15:00.000Z.',
    { seatIds: ['perf_demo_1-A-1'], retryAt: '2026-11-20T19:15:00.000Z' },
  ],
  TOO_MANY_UNPAID_HOLDS: [
    'You let 20 holds of this performance end unpaid. The next one is possible at 2026-11-20T19:15:00.000Z.',
    { retryAt: '2026-11-20T19:15:00.000Z' },
  ],
  SEAT_NOT_FOUND: ['Not at this performance: perf_demo_1-Z-99.', { seatIds: ['perf_demo_1-Z-99'] }],
};

/** An example of a problem, for the OpenAPI document. */
export function exampleProblem(code: ProblemCode) {
  const [detail, extra] = details[code] ?? [`${problems[code].title}.`];
  return problemDocument(code, detail, extra);
}
