import { createRandom } from '../random';
import type { Stores } from '../stack/stores';
import { type Environment, openEnvironment } from './environment/environment';
import type { Counts, Finding, Result, Scenario } from './scenario';

interface RunOptions {
  stores: Stores;
  seed: number;
  counts: Counts;
  /** Milliseconds after which nothing new begins. */
  budgetMs: number;
  say(line: string): void;
}

/** Runs one scenario to its end, whatever happens. A scenario that throws has found something. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<Result> {
  const { stores, seed, counts, budgetMs, say } = options;
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
      ...{ counts, stores, inTime, say },
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
