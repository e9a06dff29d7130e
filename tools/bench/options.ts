import { parseArgs } from 'node:util';
import { type Generator, generators } from './load/generators';

export const usage = `npm run bench -- [options]
  --clients 1,4,16,64,256   numbers of clients, each with one request after another
  --seconds 6               length of each measured stretch
  --only hold,flow          cases whose names contain one of these words
  --workers 1               worker processes
  --generator undici        every case with this generator (lean or undici), not only the flow
  --no-latency              without latencies at half of the capacity
  --commands N              measure, carry out N commands, and measure again
  --profile FOLDER          each measured process leaves its CPU profile there`;

export interface Options {
  clients: number[];
  seconds: number;
  only: string[];
  workers: number;
  generator: Generator | null;
  latency: boolean;
  commands: number;
  help: boolean;
  /** Whether everything is measured, as long as it should be. */
  complete: boolean;
}

const text = (value: string) => ({ type: 'string', default: value }) as const;
const defaults = { clients: '1,4,16,64,256', seconds: '6', only: '', workers: '1', generator: '' };

export class BadOption extends Error {}

/** @throws BadOption */
export function readOptions(args: string[]): Options {
  const values = parse(args);
  if (values.profile) process.env.BENCH_PROFILE = values.profile;
  const names = Object.keys(defaults) as (keyof typeof defaults)[];
  return {
    clients: values.clients.split(',').map((word) => positive('clients', word)),
    seconds: positive('seconds', values.seconds),
    only: values.only.split(','),
    workers: positive('workers', values.workers),
    generator: generatorOf(values.generator),
    latency: values.latency,
    commands: values.commands === '0' ? 0 : positive('commands', values.commands),
    help: values.help,
    complete: values.latency && names.every((name) => values[name] === defaults[name]),
  };
}

function parse(args: string[]) {
  const options = {
    clients: text(defaults.clients),
    seconds: text(defaults.seconds),
    only: text(defaults.only),
    workers: text(defaults.workers),
    generator: text(defaults.generator),
    commands: text('0'),
    profile: text(process.env.BENCH_PROFILE ?? ''),
    latency: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args, allowNegative: true, options }).values;
  } catch (error) {
    throw new BadOption(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function positive(option: string, word: string): number {
  const value = Number(word);
  if (!(value > 0)) throw new BadOption(`--${option} ${word}: must be a number above 0\n${usage}`);
  return value;
}

function generatorOf(name: string): Generator | null {
  if (name === '') return null;
  if (name in generators) return name as Generator;
  throw new BadOption(`--generator ${name}: must be one of ${Object.keys(generators)}\n${usage}`);
}
