import { countSeats } from '../../../api/concerts/set-up';
import type { ConcertDoc } from '../../../shared/concerts/concert.model';
import { defaultRoom } from '../../../shared/concerts/concert.model';
import type { SeatingPlanDoc, Section } from '../../../shared/concerts/seating-plan.model';
import { readOptions, UsageError, type Values, whole } from '../../options';

export const usage = `Usage: npm run seed -- [options]

Fills the database that MONGODB_URI names with concerts, halls, and users who have points. What is there stays as it is: the
same command again changes nothing, and a larger number adds what is missing. May run beside a working server.

  --concerts N          concerts (1)
  --dates N             dates of each (2)
  --sections N          sections of each hall: A, B, … (1)
  --rows N              rows of each section (5)
  --seats-per-row N     seats of each row (10)
  --prices P,P,…        points for a seat by row, the last for all rows behind (1500,1200,1000,800,500)
  --users N             users, who sign in by the names 'NAME 1', 'NAME 2', … (0)
  --points N            points that each of them is given (10000)
  --max-active N        waiting room of the new concerts: most people inside at once (no limit)
  --admit-per-minute N  waiting room of the new concerts: most people let in a minute (no limit)
  --name NAME           sets of different names don't meet: ids are concert_NAME_1, perf_NAME_1_1, … (seed)

Exit status: 0 all of it is there, 1 it could not be done, 2 a mistake in the options.`;

const options = {
  concerts: whole(0, 10_000, 1),
  dates: whole(0, 1000, 2),
  sections: whole(1, 500, 1),
  rows: whole(1, 1000, 5),
  'seats-per-row': whole(1, 1000, 10),
  prices: {
    kind: 'text',
    pattern: /^[1-9]\d{0,6}(,[1-9]\d{0,6})*$/,
    wants: 'whole points, separated by commas',
    usual: '1500,1200,1000,800,500',
  },
  users: whole(0, 10_000_000, 0),
  points: whole(1, 1_000_000, 10_000),
  'max-active': whole(0, 1_000_000),
  'admit-per-minute': whole(0, 1_000_000),
  name: {
    kind: 'text',
    pattern: /^[a-z][a-z0-9]{0,19}$/,
    wants: 'up to 20 small letters and digits, a letter first',
    usual: 'seed',
  },
} as const;

const mostSeats = 200_000;

/** What is to be there. */
export interface SeedPlan {
  concerts: Omit<ConcertDoc, 'createdAt'>[];
  performances: SeatingPlanDoc[];
  users: { name: string; count: number; points: number };
}

/** @returns null for `--help`. @throws UsageError */
export function readPlan(args: string[]): SeedPlan | null {
  const values = readOptions(args, options);
  if (!values) return null;
  const { concerts: count, dates, name, users, points } = values;
  const sections = hallOf(values);
  if (countSeats(sections) > mostSeats)
    throw new UsageError(`A hall of ${countSeats(sections)} seats is too large: ${mostSeats} is the most.`);
  const concerts = Array.from({ length: count }, (_, i) => ({
    ...{ _id: `concert_${name}_${i + 1}`, title: `Concert ${i + 1} of ${name}` },
    ...{ opensAt: null, timeZone: 'Asia/Seoul', entryUrl: null },
    room: {
      ...defaultRoom,
      maxActive: values['max-active'] ?? null,
      admitPerMinute: values['admit-per-minute'] ?? null,
    },
  }));
  const performances = concerts.flatMap(({ _id: concertId }, i) =>
    Array.from({ length: dates }, (_, j) => {
      return { _id: `perf_${name}_${i + 1}_${j + 1}`, concertId, startsAt: evening(i, j), sections };
    }),
  );
  return { concerts, performances, users: { name, count: users, points } };
}

function hallOf(values: Values<typeof options>): Section[] {
  const prices = values.prices.split(',').map(Number);
  const rowPrices = Array.from({ length: values.rows }, (_, row) => prices[Math.min(row, prices.length - 1)] ?? 0);
  return Array.from({ length: values.sections }, (_, i) => ({
    ...{ name: letters(i), seatsPerRow: values['seats-per-row'], rowPrices },
  }));
}

/** A, B, … Z, AA, AB, … */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

const dayMs = 24 * 60 * 60 * 1000;

/** At seven in Seoul; far off, and the same for the same date of the same concert whenever it is asked for. */
function evening(concert: number, date: number): Date {
  return new Date(Date.UTC(2035, 0, 1, 10) + (concert + date) * dayMs);
}
