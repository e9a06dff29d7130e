import { type Arguments, readArguments, usage } from './chaos/arguments';
import { type Environment, openEnvironment } from './chaos/environment/environment';
import { formatResult, writeReport } from './chaos/report';
import type { Counts, Finding, Result, Scenario } from './chaos/scenario';
import { scenarios } from './chaos/scenarios';
import { runCommand } from './options';
import { createRandom } from './random';
import { openStores, type Stores } from './stack/stores';

/** `npm run chaos`: faults on real processes and stores, and whether every promise held. Exit status 1 if one did not. */
async function main(args: string[]): Promise<void> {
  if (args.includes('--list')) {
    for (const { name, promise } of scenarios) console.log(`${name}: ${promise}`);
    return;
  }
  const chosen = readArguments(args, scenarios);
  if (!chosen) return console.log(usage);
  console.log(`Seed ${chosen.seed}`);
  const results = await runAll(chosen);
  if (chosen.report) await writeReport(results, chosen.command);
  const failed = results.filter(({ violations }) => violations.length > 0).length;
  console.log(`\n${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function runAll({ chosen, seed, minutes, short, counts, keep }: Arguments): Promise<Result[]> {
  const stores = await openStores({ name: 'chaos', log: (line) => console.log(line) });
  const results: Result[] = [];
  const start = performance.now();
  try {
    for (const [index, scenario] of chosen.entries()) {
      const left = minutes * 60_000 - (performance.now() - start);
      const log = (line: string) => console.log(`  ${scenario.name}: ${line}`);
      const wanted = countsOf(scenario, short, counts);
      console.log(`\n${scenario.name}: ${scenario.promise}`);
      const budgetMs = left / (chosen.length - index);
      const result = await runScenario(scenario, { stores, seed, counts: wanted, budgetMs, log });
      results.push(result);
      console.log(formatResult(result));
    }
  } finally {
    const broken = results.length < chosen.length || results.some(({ violations }) => violations.length > 0);
    await stores.close(keep || broken);
    if (keep || broken) console.log(`\nData and logs are left in ${stores.folder}`);
  }
  return results;
}

/** The form's counts, with those of the command line that this scenario has. */
function countsOf(scenario: Scenario, short: boolean, given: Record<string, number>): Record<string, number> {
  const form = short ? scenario.short : scenario.full;
  return Object.fromEntries(Object.entries(form).map(([what, count]) => [what, given[what] ?? count]));
}

interface RunOptions {
  stores: Stores;
  seed: number;
  counts: Counts;
  /** Milliseconds after which nothing new begins. */
  budgetMs: number;
  log(line: string): void;
}

/** Runs one scenario to its end, whatever happens. A scenario that throws has found something. */
async function runScenario(scenario: Scenario, options: RunOptions): Promise<Result> {
  const { stores, seed, counts, budgetMs, log } = options;
  const start = performance.now();
  const environments: Environment[] = [];
  let cutShort = false;
  const inTime = () => {
    const yes = performance.now() - start < budgetMs;
    if (!yes) cutShort = true;
    return yes;
  };
  let finding: Finding;
  try {
    finding = await scenario.run({
      ...{ counts, stores, inTime, log },
      random: createRandom(seed).fork(scenario.name),
      async openEnvironment(options) {
        const environment = await openEnvironment(stores, options);
        environments.push(environment);
        return environment;
      },
    });
  } catch (error) {
    finding = { violations: [`it did not end: ${(error as Error).stack ?? error}`], measured: {} };
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  for (const environment of environments) await environment.close(finding.violations.length > 0);
  const { name, promise } = scenario;
  const full = Object.entries(scenario.full).every(([what, count]) => counts[what] === count);
  return { ...finding, name, promise, seed, counts, full, cutShort, seconds };
}

runCommand(main(process.argv.slice(2)));
