import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { seatAttributes } from '../../shared/seating-plans/kept-plan.model';
import { lineOfText } from '../http/text';
import { type Explained, mistakeOf } from './mistake-of-issue';

const longest = 40;
/** Spreadsheets take what begins so for a formula, whoever opens a list of seats. */
const formula = /^[=+\-@]/;

const text = lineOfText(longest).refine((value) => !formula.test(value), { params: { code: 'FORMULA' } });

/** Names repeat through a hall, and looking at one costs more than all else of its seat. */
const known = new LRUCache<string, CheckedName>({ max: 2000 });

type CheckedName = { name: string } | { mistake: Explained };

/** Composed, so that `가` of a Mac and of another computer are one name. */
function checkName(value: string): CheckedName {
  const parsed = text.safeParse(value.normalize('NFC'));
  if (parsed.success) return { name: parsed.data };
  const [issue] = parsed.error.issues;
  return { mistake: issue ? mistakeOf(issue) : { code: 'INVALID', values: {} } };
}

const name = z.string().transform((value, { addIssue }) => {
  const checked = known.get(value) ?? checkName(value);
  if (value.length <= longest) known.set(value, checked);
  if ('name' in checked) return checked.name;
  addIssue({ code: 'custom', params: checked.mistake });
  return z.NEVER;
});

/** Finer steps are lost: a map with fewer digits is smaller. */
const steps = 1000;
const coordinate = z
  .number()
  .min(-1_000_000)
  .max(1_000_000)
  .transform((value) => Math.round(value * steps) / steps + 0);
const whole = (max: number) => z.number().int().min(1).max(max);

export const columns = ['section', 'row', 'number', 'label', 'category', 'x', 'y', 'attributes', 'rank'] as const;
export type Column = (typeof columns)[number];

/** One seat as it is imported, from JSON or from a line of CSV. */
export const importedSeat = z
  .strictObject({
    section: name,
    row: name,
    number: whole(9999).optional().meta({
      description:
        'Neighbours differ by one; a number that is left out is an aisle. Without it the seats of a row are numbered as they come',
    }),
    label: name.optional().meta({ description: 'What the seat and the ticket say, where that is not the number' }),
    category: name.meta({ description: 'What the price goes by' }),
    x: coordinate.optional().meta({ description: 'To the right; in any unit. All seats have x and y, or none' }),
    y: coordinate.optional().meta({ description: 'Away from the stage' }),
    attributes: z.array(z.enum(seatAttributes)).max(seatAttributes.length).optional(),
    rank: whole(1000)
      .optional()
      .meta({ description: 'Lower is better; goes before the row in what is best available' }),
  } satisfies Record<Column, z.ZodType>)
  .meta({ id: 'PlannedSeat' });

export type ImportedSeat = z.output<typeof importedSeat>;
