import { readOptions, UsageError, type Values, whole } from '../options';

export const usage = `Usage: npm run simulate -- [options]

Plays a sale: users come in a rush, wait in line, look for seats, hold, charge points and pay, with time to think in between.
On the server at BASE_URL, else the one at PORT of this machine, else one that is started for it. Writes a report with
pictures.

  --users N             people who come (500)
  --seats N             seats on sale (six for each ten users)
  --arrive-seconds N    the rush: half of them come in its first quarter (20)
  --think-seconds N     mean time to think before each click, tenths allowed (2)
  --max-active N        most people inside at once (an eighth of the users, 10 at least)
  --admit-per-minute N  most people let in a minute (six for each ten users, 60 at least)
  --most-minutes N      ends the sale if it takes longer (30)
  --concert ID          an existing concert with its own limits, in place of a new one for the sale
  --connections N       most requests under way at once (500)
  --random N            the same number, the same decisions (1)
  --report FILE         where the report goes (simulation.html)

A new concert needs the admin's password: ADMIN_PASSWORD, or that of npm start in this folder.
Exit status: 0 all is well, 1 something happened that must not, or the sale could not be played, 2 a mistake in the options.`;

/** In one performance. */
const mostSeats = 50_000;

const options = {
  users: whole(1, 200_000, 500),
  seats: whole(1, mostSeats),
  'arrive-seconds': whole(0, 3600, 20),
  'think-seconds': { kind: 'text', pattern: /^\d{1,3}(\.\d)?$/, wants: 'seconds such as 2 or 0.5', usual: '2' },
  'max-active': whole(1, 1_000_000),
  'admit-per-minute': whole(1, 1_000_000),
  'most-minutes': whole(1, 600, 30),
  concert: { kind: 'text', pattern: /^[\w-]{1,80}$/, wants: 'the id of a concert' },
  connections: whole(1, 20_000, 500),
  random: whole(0, 1_000_000_000, 1),
  report: { kind: 'text', pattern: /\.html$/, wants: 'a file name that ends in .html', usual: 'simulation.html' },
} as const;

export interface SimulationOptions {
  users: number;
  arriveMs: number;
  thinkMs: number;
  mostMs: number;
  connections: number;
  random: number;
  report: string;
  /** What the sale is of: a concert that is there, or one to be made. */
  sale: { concert: string } | { seats: number; maxActive: number; admitPerMinute: number };
}

/** @returns null for `--help`. @throws UsageError */
export function readSimulation(args: string[]): SimulationOptions | null {
  const values = readOptions(args, options);
  if (!values) return null;
  const { users, connections, random, report } = values;
  return {
    ...{ users, connections, random, report, sale: saleOf(values) },
    arriveMs: values['arrive-seconds'] * 1000,
    thinkMs: Number(values['think-seconds']) * 1000,
    mostMs: values['most-minutes'] * 60_000,
  };
}

function saleOf(values: Values<typeof options>): SimulationOptions['sale'] {
  const { users, concert, seats, 'max-active': maxActive, 'admit-per-minute': admitPerMinute } = values;
  if (concert !== undefined) {
    if (seats ?? maxActive ?? admitPerMinute)
      throw new UsageError(
        '--concert brings its own seats and limits: leave --seats, --max-active and --admit-per-minute out.',
      );
    return { concert };
  }
  return {
    seats: seats ?? Math.min(mostSeats, Math.ceil(users * 0.6)),
    maxActive: maxActive ?? Math.max(10, Math.ceil(users / 8)),
    admitPerMinute: admitPerMinute ?? Math.max(60, Math.ceil(users * 0.6)),
  };
}
