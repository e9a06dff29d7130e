import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';
import { runCommand } from '../options';
import { flow } from './cases/flow';
import { closedLoop } from './load/closed-loop';
import { type Measured, measureAll } from './measure/all';
import { type Options, readBenchOptions, usage } from './options';
import { findErrors, growthReport, head, machine, report } from './report/report';
import type { Target } from './targets/target';
import { createClosers, openTestbed, type Testbed } from './testbed';

const clients = 256;
const bookingsOfPart = 5000;

/** Carries out so many commands, as bookings of new users through the API. @throws when some of them fail */
async function fill(target: Target, commands: number, log: (line: string) => void): Promise<void> {
  const begun = performance.now();
  let done = 0;
  while (done < commands) {
    const bookings = Math.min(bookingsOfPart, Math.ceil((commands - done) / flow.commands));
    const make = await flow.prepare(target, bookings);
    // Ends when the data does.
    const { count, errors, unexpected } = await closedLoop(target.port, clients, Number.POSITIVE_INFINITY, make(true));
    if (errors > count / 100) throw new Error(`${errors} bookings failed: ${unexpected[0]}`);
    done += count * flow.commands;
    log(`${done} of ${commands} commands, ${Math.round((performance.now() - begun) / 1000)} s`);
  }
}

/** What is going on, and seconds since the start. */
const log = (line: string) => console.error(`${String(Math.round(process.uptime())).padStart(5)} s  ${line}`);

/** Answers whether too much went wrong. */
async function run(options: Options, testbed: Testbed): Promise<boolean> {
  const on = machine(process.argv.slice(2));
  console.log(head(on));
  const fresh = await measureAll(testbed, options, log);
  console.log(`\n${report('Fresh', fresh, testbed.idle)}`);
  let after: Measured | null = null;
  if (options.commands > 0) {
    await fill(testbed.product.target, options.commands, log);
    after = await measureAll(testbed, options, log);
    console.log(`\n${report(`After ${options.commands} commands`, after, testbed.idle)}`);
    console.log(`\n${growthReport(options.commands, fresh, after)}`);
  }
  log('done');
  if (options.complete) {
    const file = join(projectRoot, 'docs', 'bench.json');
    const figures = { ...on, options, idle: testbed.idle, fresh, after };
    await writeFile(file, `${JSON.stringify(figures, null, 1)}\n`);
    log(`everything measured: ${file}`);
  }
  return [fresh, after].some((measured) => measured && findErrors(measured).tooMany);
}

/**
 * Rejects at Ctrl-C, at SIGTERM, and at an error that was not caught. npm passes Ctrl-C on, so that it comes twice: the
 * second one changes nothing.
 */
function interrupted(): Promise<never> {
  return new Promise((_, reject) => {
    process.on('uncaughtException', reject);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => reject(new Error(signal)));
  });
}

async function main(): Promise<boolean> {
  const options = readBenchOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return false;
  }
  const closers = createClosers();
  const work = openTestbed(options, closers).then((testbed) => run(options, testbed));
  return Promise.race([work, interrupted()]).finally(closers.close);
}

runCommand(
  main().then((failed) => (failed ? 1 : 0)),
  { leave: true },
);
