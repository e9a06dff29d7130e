import { randomInt } from 'node:crypto';
import { flag, readOptions, UsageError, whole } from '../options';
import type { Counts, Scenario } from './scenario';

export interface Arguments {
  chosen: Scenario[];
  seed: number;
  /** Of the whole run. */
  minutes: number;
  short: boolean;
  /** Counts that replace those of the form. */
  counts: Counts;
  /** Whether to write the results into docs/topics/reliability.md. */
  report: boolean;
  /** Leave data and logs, also when all went well. */
  keep: boolean;
  /** The command line, for the report. */
  command: string;
}

export const usage = `Usage: npm run chaos -- [scenario ...] [options]
  --short             few rounds of each: what CI runs
  --seed <number>     draw the same load and faults again (the timing of processes stays theirs)
  --minutes <number>  begin nothing new after this time; the scenarios share it evenly
  --count <name>=<n>  another count than the form's, such as --count kills=20; may be repeated
  --report            write the results into docs/topics/reliability.md
  --keep              leave the data and the logs, also when all went well
  --list              say which scenarios there are`;

const options = {
  short: flag,
  seed: whole(0, 2 ** 32 - 1),
  minutes: whole(1, 100_000),
  count: { kind: 'texts', pattern: /^[a-zA-Z]\w*=\d+$/, wants: 'a name and a whole number, such as kills=20' },
  report: flag,
  keep: flag,
} as const;

/** @throws UsageError saying what is wrong, and what there is */
export function readArguments(args: string[], scenarios: readonly Scenario[]): Arguments | null {
  const names: string[] = [];
  const values = readOptions(args, options, names);
  if (!values) return null;
  const { seed = randomInt(2 ** 31), minutes = Infinity, count, ...flags } = values;
  return {
    ...{ seed, minutes, ...flags },
    chosen: names.length > 0 ? names.map((name) => find(scenarios, name)) : [...scenarios],
    counts: Object.fromEntries(count.map((text) => text.split('=')).map(([name, number]) => [name, Number(number)])),
    command: ['npm run chaos', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
  };
}

function find(scenarios: readonly Scenario[], name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found) return found;
  throw new UsageError(
    `There is no scenario ${name}. There are: ${scenarios.map((scenario) => scenario.name).join(', ')}`,
  );
}
