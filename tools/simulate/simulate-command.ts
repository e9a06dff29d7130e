import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { findServer } from '../dev/demo/server';
import type { Progress } from '../progress';
import { readSimulation, usage } from './options';
import { playSale } from './play';
import { reportPage } from './report/page';
import { reportLines, summarise } from './report/summary';
import { openSale } from './sale';

interface Surroundings {
  env: NodeJS.ProcessEnv;
  print: (line: string) => void;
  progress: (what: string, total: number) => Progress;
  /** Ends the sale early; the report is written all the same. */
  stop: AbortController;
}

/**
 * What `npm run simulate` does.
 * @returns the exit status
 * @throws Error with one sentence
 */
export async function simulateCommand(args: string[], { env, print, progress, stop }: Surroundings): Promise<number> {
  const options = readSimulation(args);
  if (!options) {
    print(usage);
    return 0;
  }
  const server = await findServer(env, print);
  const timer = setTimeout(() => stop.abort('it took too long'), options.mostMs);
  try {
    const run = randomBytes(3).toString('hex');
    const sale = await openSale(server.url, options, run, env);
    print(`${options.users} people come for ${sale.seats} seats of ${sale.concertId} at ${server.url}.`);
    const bar = progress('people done', options.users);
    const recorder = await playSale(server.url, sale, options, { run, stop: stop.signal, progress: bar });
    const summary = summarise(sale, options.users, recorder);
    const file = resolve(options.report);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, reportPage(summary, recorder.samples, new Date()));
    for (const line of reportLines(summary)) print(line);
    print(`\nThe report with pictures: ${file}`);
    return summary.violations.length > 0 ? 1 : 0;
  } finally {
    clearTimeout(timer);
    await server.stop();
  }
}
