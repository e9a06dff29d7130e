import { z } from 'zod';
import { audited } from '../admin/audited';
import type { ApiContext } from '../context';
import { isCsv, parseJson } from '../http/body';
import { content } from '../http/endpoint';
import { invalid, parse } from '../http/parse';
import { route } from '../http/route';
import { checkSeats } from './check-seats';
import { createMistakes, type Mistakes } from './mistakes';
import { columns, importedSeat } from './plan-seat';
import { type RawSeat, readCsv } from './read-csv';
import {
  newPlanId,
  planExample,
  planExampleId,
  planTitle,
  presentPlan,
  seatExamples,
  seatingPlan,
} from './seating-plan';
import { storePlan } from './store-plan';

const maxSeats = 50_000;
/** Bytes: 50,000 seats with all that may be said of them. */
const maxBytes = 16 * 2 ** 20;
/** ms. As much is written in one transaction. */
const storeMs = 10_000;

const options = {
  replaces: z.int().min(1).optional().meta({
    description: 'The version that this one takes the place of; without it the plan must be new',
  }),
  categories: z
    .array(planTitle)
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'The only ones that seats may have; without it any' }),
};
const fields = { id: newPlanId, title: planTitle, ...options };
const newPlan = z
  .strictObject({ ...fields, seats: z.array(importedSeat).min(1).max(maxSeats) })
  .meta({ id: 'NewSeatingPlan' });
/** Seats are checked apart, slice by slice, so that all mistakes are reported and others have their turn. */
const envelope = z.strictObject({ ...fields, seats: z.array(z.unknown()).max(maxSeats) });

const query = z.strictObject({
  id: newPlanId.optional().meta({ description: 'Of a plan that comes as CSV', example: planExampleId }),
  title: planTitle.optional().meta({ description: 'The same' }),
  replaces: z.coerce.number().pipe(options.replaces.unwrap()).optional().meta({ description: 'The same' }),
  categories: z.string().max(4000).optional().meta({ description: 'The same, separated by commas' }),
});
const ofCsv = z.strictObject(fields);

export const importPlan = route({
  method: 'post',
  path: '/v1/admin/seating-plans',
  tag: 'Admin',
  summary: 'Import a seating plan, or its next version',
  description:
    `As JSON, or as CSV (\`text/csv\`, with \`id\` and \`title\` in the query) with the columns ${columns.join(', ')}, in any ` +
    `order; attributes are separated by spaces. At most ${maxSeats} seats and ${maxBytes >> 20} MiB. All mistakes are reported, ` +
    'by line. The same request again gives the same answer; `ALREADY_EXISTS` if the id belongs to a plan that differs, ' +
    'unless `replaces` names its version. Dates that were made from a version stay as they are.',
  auth: ['admin'],
  query,
  body: content(newPlan, { hall: { id: planExampleId, title: planExample.title, seats: seatExamples } }),
  rawBody: maxBytes,
  csvBody: 'section,row,number,category,x,y,attributes\r\n1층,A,1,R,0,0,aisle\r\n1층,A,2,R,1,0,\r\n',
  responses: { 201: { description: 'The plan.', content: content(seatingPlan, { made: planExample }) } },
  errors: ['SEATING_PLAN_INVALID', 'SEATING_PLAN_NOT_FOUND', 'ALREADY_EXISTS', 'SERVICE_UNAVAILABLE'],
  async handler({ query: asked, rawBody, contentType, user }, context: ApiContext) {
    const mistakes = createMistakes();
    const read = isCsv(contentType) ? await fromCsv(asked, rawBody, mistakes) : fromJson(asked, rawBody);
    const { id, title, replaces } = read.about;
    const seats = await checkSeats(read.raw, read.about.categories, mistakes);
    const action = { adminId: user.id, action: 'seating-plan.import', target: id } as const;
    const plan = await audited(
      context,
      action,
      async (session) => {
        const now = new Date(context.clock.now());
        const stored = await storePlan(context.models, { id, title, seats, replaces }, now, session);
        const { version, seatsTotal } = stored.plan;
        return { value: stored.plan, details: stored.changed ? { title, version, seatsTotal } : null };
      },
      storeMs,
    );
    return { status: 201, body: presentPlan(plan) };
  },
});

interface Read {
  about: z.output<typeof ofCsv>;
  raw: RawSeat[];
}

async function fromCsv(
  { categories, ...asked }: z.output<typeof query>,
  file: Buffer,
  mistakes: Mistakes,
): Promise<Read> {
  const listed = categories?.split(',').map((name) => name.trim().normalize('NFC'));
  const about = parse('query', ofCsv, { ...asked, ...(listed && { categories: listed }) });
  return { about, raw: await readCsv(file, maxSeats, mistakes) };
}

/** @throws Problem VALIDATION_FAILED for all but the seats */
function fromJson(asked: object, body: Buffer): Read {
  const [unused] = Object.keys(asked);
  if (unused) throw invalid([{ path: `query.${unused}`, message: 'Only for CSV: JSON has it in the body' }]);
  const { seats, ...about } = parse('body', envelope, body.length > 0 ? parseJson(body) : undefined);
  const raw = seats.map((cells, i): RawSeat => ({ line: i + 1, cells: cells as RawSeat['cells'] }));
  return { about: { ...about, categories: about.categories?.map((name) => name.normalize('NFC')) }, raw };
}
