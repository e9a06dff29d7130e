import { readOptions, whole } from '../options';
import { readSimulation, type SimulationOptions } from '../simulate/options';

export const usage = `Usage: npm run dashboard -- [options]

Starts stores, an API, a worker and Prometheus, plays a sale, and puts every expression of deploy/grafana/frontrow.json and
deploy/prometheus/alerts.yml to that Prometheus. Draws the dashboard from its file with the answers, and lists what had none.
This is no Grafana: it shows whether the expressions work, and what a sale looks like.

  --users N      people who come (400)
  --seats N      seats on sale (six for each ten users)
  --page FILE    where the page goes (dashboard.html)
  --picture FILE a picture of it too, by Chromium: a name that ends in .png

Prometheus 2.42 or newer: PROMETHEUS_PATH, else on the PATH (Debian, Ubuntu: apt-get install prometheus; macOS: brew install
prometheus).
Exit status: 0 all is well, 1 an expression or the sale is wrong, or something did not start, 2 a mistake in the options.`;

const file = (pattern: RegExp, wants: string) => ({ kind: 'text', pattern, wants }) as const;

const options = {
  users: whole(10, 10_000, 400),
  seats: whole(1, 50_000),
  page: { ...file(/\.html$/, 'a file name that ends in .html'), usual: 'dashboard.html' },
  picture: file(/\.png$/, 'a file name that ends in .png'),
} as const;

export interface DashboardOptions {
  page: string;
  picture: string | undefined;
  sale: SimulationOptions;
}

/** @returns null for `--help`. @throws UsageError */
export function readDashboardOptions(args: string[]): DashboardOptions | null {
  const values = readOptions(args, options);
  if (!values) return null;
  const { users, seats, page, picture } = values;
  const sale = readSimulation([
    ...['--users', String(users), '--arrive-seconds', '60', '--think-seconds', '3', '--most-minutes', '10'],
    // Enough places for the others when those whose holds ran out keep theirs.
    ...['--max-active', String(Math.ceil(users / 4)), '--admit-per-minute', String(Math.max(60, users >> 1))],
    ...(seats === undefined ? [] : ['--seats', String(seats)]),
  ]);
  return sale && { page, picture, sale };
}
