import { z } from 'zod';
import type { Models } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { readPlaces, type SeatPlace } from '../concerts/read-seats';
import { seatIdsOf } from '../http/schemas';
import { lineOfText } from '../http/text';

/** Of one request: a whole hall is blocked by its rows. */
const maxRows = 500;
const maxSeatIds = 500;

const sectionName = z.string().min(1).max(80);
const row = z.strictObject({ section: sectionName, row: z.string().min(1).max(80) });

/** Which seats to block, in one of three ways, and what for. */
export const blockRequest = z
  .strictObject({
    seatIds: seatIdsOf(maxSeatIds).optional(),
    section: sectionName.optional().meta({ description: 'All of its seats', example: 'A' }),
    rows: z.array(row).min(1).max(maxRows).optional().meta({ description: 'All seats of these rows' }),
    channel: lineOfText(80).optional().meta({ description: 'Whom the seats are for', example: 'Sponsor' }),
    reason: lineOfText(500).meta({ example: 'Sound desk' }),
  })
  .refine(({ seatIds, section, rows }) => [seatIds, section, rows].filter((one) => one !== undefined).length === 1, {
    message: 'Give one of seatIds, section and rows',
  })
  .meta({ id: 'BlockRequest' });

type Selection = Pick<z.output<typeof blockRequest>, 'seatIds' | 'section' | 'rows'>;

/**
 * The seats that a request means, in the order of the hall. Only those come from MongoDB: a whole large hall, asked for once for each of its
 * sections, held everybody else up for seconds.
 * @throws Problem PERFORMANCE_NOT_FOUND, SEAT_NOT_FOUND, SECTION_NOT_FOUND
 */
export async function readSelected(models: Models, performanceId: string, selection: Selection): Promise<SeatPlace[]> {
  const { seatIds, section, rows = [] } = selection;
  const sections = section === undefined ? [...new Set(rows.map((row) => row.section))] : [section];
  const wanted = seatIds
    ? { _id: { $in: seatIds } }
    : {
        section: { $in: sections },
        ...(section === undefined && { row: { $in: [...new Set(rows.map(({ row }) => row))] } }),
      };
  const places = await readPlaces(models, performanceId, wanted);
  if (!places) throw new Problem('PERFORMANCE_NOT_FOUND');
  return select(places, selection);
}

function select(places: readonly SeatPlace[], { seatIds, section, rows = [] }: Selection): SeatPlace[] {
  const wanted = seatIds ?? (section === undefined ? rows.map(keyOf) : [section]);
  const nameOf = seatIds
    ? ({ _id }: SeatPlace) => _id
    : section === undefined
      ? keyOf
      : (place: SeatPlace) => place.section;
  const names = new Set(wanted);
  const found = places.filter((place) => names.has(nameOf(place)));
  const there = new Set(found.map(nameOf));
  const unknown = wanted.filter((name) => !there.has(name));
  if (unknown.length === 0) return found;
  const detail = `Not at this performance: ${unknown.slice(0, 10).join(', ')}.`;
  throw seatIds
    ? new Problem('SEAT_NOT_FOUND', { detail, extra: { seatIds: unknown } })
    : new Problem('SECTION_NOT_FOUND', { detail });
}

const keyOf = (place: { section: string; row: string }) => `${place.section}, row ${place.row}`;
