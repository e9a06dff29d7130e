import { setImmediate as turn } from 'node:timers/promises';
import type { z } from 'zod';
import type { PlannedSeat } from '../../shared/seating-plans/kept-plan.model';
import type { PlanMistakeCode } from '../../shared/seating-plans/plan-mistakes';
import { mistakeOf } from './mistake-of-issue';
import type { Mistakes } from './mistakes';
import { type ImportedSeat, importedSeat } from './plan-seat';
import type { RawSeat } from './read-csv';

/** Seats that are checked before others have their turn. */
const slice = 1000;
const maxSections = 200;
const maxCategories = 100;

type Placed = ImportedSeat & { number: number; line: number };

/**
 * Checks seat after seat, then what no seat shows alone. Rows and sections are in the order in which they first come, the
 * seats of a row by number.
 * @param categories the only ones there may be; undefined: any
 * @throws Problem SEATING_PLAN_INVALID naming the mistakes, those that were found before included
 */
export async function checkSeats(
  raw: readonly RawSeat[],
  categories: readonly string[] | undefined,
  mistakes: Mistakes,
): Promise<PlannedSeat[]> {
  const seats: Placed[] = [];
  const lastNumbers = new Map<string, number>();
  for (const [i, { line, cells }] of raw.entries()) {
    if (i % slice === slice - 1) await turn();
    const parsed = importedSeat.safeParse(cells);
    if (!parsed.success) for (const issue of parsed.error.issues) report(line, issue, mistakes);
    else {
      const seat = parsed.data;
      const key = rowOf(seat);
      const number = seat.number ?? (seat.label === undefined ? null : (lastNumbers.get(key) ?? 0) + 1);
      if (number === null) mistakes.add(line, 'number', 'NO_NUMBER');
      else seats.push({ ...seat, number, line });
      lastNumbers.set(key, number ?? 0);
    }
  }
  checkTogether(seats, categories, mistakes);
  if (raw.length === 0 && mistakes.isEmpty()) mistakes.add(1, null, 'NO_SEATS');
  mistakes.demandNone();
  return inOrder(seats);
}

const rowOf = ({ section, row }: Pick<ImportedSeat, 'section' | 'row'>) => `${section}\n${row}`;

function report(line: number, issue: z.core.$ZodIssue, mistakes: Mistakes): void {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) mistakes.add(line, key.slice(0, 40), 'UNKNOWN_FIELD');
    return;
  }
  mistakes.put(line, String(issue.path[0] ?? '') || null, mistakeOf(issue));
}

/** What only all of them show: seats that are there twice, places that are taken, what is missing of some. */
function checkTogether(seats: readonly Placed[], categories: readonly string[] | undefined, mistakes: Mistakes): void {
  const once = { number: new Map<string, number>(), label: new Map<string, number>(), x: new Map<string, number>() };
  const demandOnce = (column: keyof typeof once, key: string, line: number, code: PlanMistakeCode) => {
    const before = once[column].get(key);
    if (before === undefined) once[column].set(key, line);
    else mistakes.add(line, column, code, { line: before });
    return before === undefined;
  };
  const located = seats.some(({ x, y }) => x !== undefined || y !== undefined);
  const labelled = seats.some(({ label }) => label !== undefined);
  const sections = new Set<string>();
  const named = new Set<string>();
  for (const seat of seats) {
    const { line, section, category, number, label = String(number), x, y } = seat;
    const isNew = demandOnce('number', `${rowOf(seat)}\n${number}`, line, 'SAME_SEAT');
    if (labelled && isNew) demandOnce('label', `${rowOf(seat)}\n${label}`, line, 'SAME_LABEL');
    if (x !== undefined && y !== undefined) demandOnce('x', `${x} ${y}`, line, 'SAME_PLACE');
    else if (located) mistakes.add(line, x === undefined ? 'x' : 'y', 'HALF_PLACED');
    if (categories && !categories.includes(category)) mistakes.add(line, 'category', 'UNKNOWN_CATEGORY');
    if (sections.add(section).size === maxSections + 1)
      mistakes.add(line, 'section', 'TOO_MANY_SECTIONS', { max: maxSections });
    if (named.add(category).size === maxCategories + 1)
      mistakes.add(line, 'category', 'TOO_MANY_CATEGORIES', { max: maxCategories });
  }
}

/** With the keys of their ids: the section's name where that is fit for an id, and the seat's number in the section. */
function inOrder(seats: readonly Placed[]): PlannedSeat[] {
  return [...groups(seats, ({ section }) => section)].flatMap(([section, own], s) => {
    // No name of a section that has letters and digits alone begins so.
    const code = /^[A-Za-z0-9]{1,20}$/.test(section) ? section : `_${s + 1}`;
    const rows = [...groups(own, ({ row }) => row).values()];
    return rows
      .flatMap((row) => row.sort((a, b) => a.number - b.number))
      .map(({ line, label, attributes, ...seat }, i) => ({
        ...{ ...seat, key: `${code}-${i + 1}` },
        ...(label !== undefined && label !== String(seat.number) && { label }),
        ...(attributes && attributes.length > 0 && { attributes: [...new Set(attributes)] }),
      }));
  });
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const group = found.get(keyOf(item));
    if (group) group.push(item);
    else found.set(keyOf(item), [item]);
  }
  return found;
}
