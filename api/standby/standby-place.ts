import { z } from 'zod';
import type { Models } from '../../shared/models';
import { lineId, type StandbyEntryDoc, standbyStatuses } from '../../shared/standby/standby.model';
import { example, idOf, points, time } from '../http/schemas';

/** A place on standby as its user sees it. */
export const standbyPlace = z
  .strictObject({
    id: idOf('standby'),
    performanceId: idOf('perf'),
    section: z.string(),
    seats: z.int(),
    maxPrice: points.nullable(),
    status: z.enum(standbyStatuses).meta({
      description:
        '`waiting`, `offered` (pay the hold in time), `taken` (paid), `lapsed`, `left`, or `skipped`: it was your turn, but see `reason`',
    }),
    position: z.int().nullable().meta({ description: 'Place in line, from 1, while it waits' }),
    length: z.int().nullable().meta({ description: 'How many wait in that line' }),
    holdId: idOf('hold').nullable().meta({ description: 'The seats that were offered' }),
    reason: z.string().nullable().meta({ description: 'The problem code that it was skipped for' }),
    joinedAt: time,
    endedAt: time.nullable(),
  })
  .meta({ id: 'Standby' });

export type StandbyPlace = z.output<typeof standbyPlace>;

export const standbyPlaceExample = {
  ...{ id: example.standby, performanceId: example.perf, section: 'A', seats: 2, maxPrice: 2000 },
  ...{ status: 'waiting' as const, position: 12, length: 40, holdId: null, reason: null },
  ...{ joinedAt: '2026-11-20T19:00:00.000Z', endedAt: null },
};

/** Where somebody stands while waiting. */
export interface PlaceInLine {
  position: number | null;
  length: number | null;
}

export const notWaiting: PlaceInLine = { position: null, length: null };

export function presentPlace(doc: StandbyEntryDoc, place: PlaceInLine): StandbyPlace {
  const { _id: id, performanceId, section, seats, maxPrice, status, holdId, reason = null } = doc;
  return {
    ...{ id, performanceId, section, seats, maxPrice, status, ...place, holdId, reason },
    ...{ joinedAt: doc.joinedAt.toISOString(), endedAt: doc.endedAt?.toISOString() ?? null },
  };
}

/** Counted in an index that has all of it; the two are of about the same moment. */
export async function placeInLine(
  { standbyEntries, standbyLines }: Models,
  entry: StandbyEntryDoc,
): Promise<PlaceInLine> {
  if (entry.status !== 'waiting') return notWaiting;
  const { performanceId, section, number } = entry;
  const [ahead, line] = await Promise.all([
    standbyEntries.countDocuments({ performanceId, section, status: 'waiting', number: { $lt: number } }),
    standbyLines.findById(lineId(entry)).lean(),
  ]);
  return { position: ahead + 1, length: Math.max(ahead + 1, line?.waiting ?? 0) };
}
