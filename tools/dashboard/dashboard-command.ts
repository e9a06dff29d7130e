import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../progress';
import type { SimulationOptions } from '../simulate/options';
import { playSale } from '../simulate/play';
import { openSale } from '../simulate/sale';
import { askPanels } from './ask-panels';
import { readDashboard, readTimeInterval } from './dashboard-file';
import { findPrometheus } from './find-prometheus';
import { readDashboardOptions, usage } from './options';
import { dashboardPage, pageHeight, pageWidth } from './page/page';
import { takePicture } from './picture';
import { type Product, startProduct } from './product';
import { type Prometheus, startPrometheus } from './prometheus';
import { tellFindings } from './tell-findings';
import { testAlerts } from './test-alerts';
import { watchSeats } from './watch-seats';

interface Surroundings {
  print: (line: string) => void;
  progress: (what: string, total: number) => Progress;
  /** Ends the sale early; the page is written all the same. */
  stop: AbortController;
}

/** Quiet time before and after the sale, in scrapes. */
const quietScrapes = 3;
/** People who look at the seats live. */
const watchers = 25;

/**
 * What `npm run dashboard` does.
 * @returns the exit status
 * @throws Error with one sentence
 */
export async function dashboardCommand(args: string[], around: Surroundings): Promise<number> {
  const { print } = around;
  const options = readDashboardOptions(args);
  if (!options) {
    print(usage);
    return 0;
  }
  const binary = await findPrometheus(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-dashboard-'));
  const ends = [() => rm(folder, { recursive: true, force: true })];
  try {
    const product = await startProduct(folder, print);
    ends.push(product.stop);
    const prometheus = await startPrometheus(binary.path, join(folder, 'prometheus'), product.targets);
    ends.push(prometheus.stop);
    print(`Prometheus ${binary.version} scrapes the API and the worker every ${prometheus.scrapeSeconds} s.`);
    const { wrongs, span } = await playBefore(prometheus, product, options.sale, around);
    const dashboard = await readDashboard();
    const answered = await askPanels(prometheus, dashboard.panels, span, await readTimeInterval());
    const alerts = await prometheus.alerts();
    const file = resolve(options.page);
    await mkdir(dirname(file), { recursive: true });
    const about = { version: binary.version, users: options.sale.users, alerts };
    await writeFile(file, dashboardPage(dashboard, answered, span, about));
    print(`The page: ${file}`);
    if (options.picture) {
      await takePicture(file, resolve(options.picture), pageWidth, pageHeight(dashboard));
      print(`The picture: ${resolve(options.picture)}`);
    }
    const tested = await testAlerts(binary.path);
    return tellFindings({ answered, alerts, wrongs, tested }, print) ? 0 : 1;
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** Plays the sale, with some quiet before and after it. */
async function playBefore(
  prometheus: Prometheus,
  { url, adminPassword }: Product,
  options: SimulationOptions,
  { progress, stop, print }: Surroundings,
) {
  await prometheus.seesAll();
  const from = Date.now() / 1000;
  const quietMs = quietScrapes * prometheus.scrapeSeconds * 1000;
  await sleep(quietMs);
  const run = 'dashboard';
  const sale = await openSale(url, options, run, { ADMIN_PASSWORD: adminPassword });
  print(`${options.users} people come for ${sale.seats} seats.`);
  const timer = setTimeout(() => stop.abort('it took too long'), options.mostMs);
  const unwatch = watchSeats(url, sale.performanceIds[0] ?? '', watchers);
  try {
    const bar = progress('people done', options.users);
    const { wrongs } = await playSale(url, sale, options, { run, stop: stop.signal, progress: bar });
    unwatch();
    await sleep(quietMs);
    return { wrongs, span: { from: Math.floor(from), to: Math.floor(Date.now() / 1000) } };
  } finally {
    clearTimeout(timer);
    unwatch();
  }
}
