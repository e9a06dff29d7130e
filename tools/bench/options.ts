import { flag, readOptions, whole } from '../options';
import type { Generator } from './load/generators';

export const usage = `npm run bench -- [options]
  --clients 1,4,16,64,256   numbers of clients, each with one request after another
  --seconds 6               length of each measured stretch
  --only hold,flow          cases whose names contain one of these words
  --workers 1               worker processes
  --generator undici        every case with this generator (lean or undici), not only the flow
  --no-latency              without latencies at half of the capacity
  --members 3               MongoDB as a replica set of three, in place of one
  --delay MS                between the three, in each direction (1)
  --commands N              measure, carry out N commands, and measure again
  --profile FOLDER          each measured process leaves its CPU profile there`;

export interface Options {
  clients: number[];
  seconds: number;
  only: string[];
  workers: number;
  generator: Generator | null;
  members: 1 | 3;
  delayMs: number;
  latency: boolean;
  commands: number;
  /** Whether everything is measured, as long as it should be. */
  complete: boolean;
}

const number = /^\d*[1-9]\d*(\.\d+)?$|^0?\.\d*[1-9]\d*$/;
const options = {
  clients: {
    kind: 'text',
    pattern: /^[1-9]\d*(,[1-9]\d*)*$/,
    wants: 'numbers, separated by commas',
    usual: '1,4,16,64,256',
  },
  seconds: { kind: 'text', pattern: number, wants: 'a number above 0', usual: '6' },
  only: { kind: 'text', pattern: /./, wants: 'words, separated by commas', usual: '' },
  workers: whole(1, 64, 1),
  generator: { kind: 'text', pattern: /^(lean|undici)$/, wants: 'lean or undici' },
  members: { kind: 'text', pattern: /^[13]$/, wants: '1 or 3', usual: '1' },
  delay: whole(0, 1000, 1),
  commands: whole(0, 100_000_000, 0),
  profile: { kind: 'text', pattern: /./, wants: 'a folder' },
  'no-latency': flag,
} as const;

/** @returns null for `--help`. @throws UsageError */
export function readBenchOptions(args: string[]): Options | null {
  const values = readOptions(args, options);
  if (!values) return null;
  if (values.profile) process.env.BENCH_PROFILE = values.profile;
  const { clients, seconds, only, workers, generator, commands, members, delay } = values;
  const usual =
    clients === options.clients.usual &&
    seconds === options.seconds.usual &&
    only === '' &&
    workers === 1 &&
    members === '1';
  return {
    ...{ workers, commands, seconds: Number(seconds), generator: (generator as Generator | undefined) ?? null },
    ...{ members: members === '3' ? 3 : 1, delayMs: delay },
    clients: clients.split(',').map(Number),
    only: only.split(','),
    latency: !values['no-latency'],
    complete: !values['no-latency'] && usual && !generator,
  };
}
