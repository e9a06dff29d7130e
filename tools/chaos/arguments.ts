import { parseArgs } from 'node:util';
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
  short: { type: 'boolean', default: false },
  seed: { type: 'string' },
  minutes: { type: 'string' },
  count: { type: 'string', multiple: true },
  report: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
} as const;

/** @throws Error saying what is wrong, and what there is */
export function readArguments(args: string[], scenarios: readonly Scenario[]): Arguments {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const named = positionals.map((name) => find(scenarios, name));
  return {
    chosen: named.length > 0 ? named : [...scenarios],
    seed: values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : whole('--seed', values.seed),
    minutes: values.minutes === undefined ? Infinity : whole('--minutes', values.minutes),
    short: values.short,
    counts: Object.fromEntries((values.count ?? []).map(readCount)),
    report: values.report,
    keep: values.keep,
    command: ['npm run chaos', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
  };
}

function find(scenarios: readonly Scenario[], name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found) return found;
  throw new Error(`There is no scenario ${name}. There are: ${scenarios.map((scenario) => scenario.name).join(', ')}`);
}

function readCount(text: string): [string, number] {
  const [name = '', count = ''] = text.split('=');
  return [name, whole(`--count ${name}`, count)];
}

function whole(what: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${what} wants a whole number, not ${text}`);
  return Number(text);
}
