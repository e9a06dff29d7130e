import { runCommand } from '../options';
import { openBenchRoom } from './waiting-room/bench-room';
import { bytesPerDrawnWaiter, type Costs, measureCosts, verbs } from './waiting-room/costs';
import { type Line, measureEta } from './waiting-room/eta-error';
import { measureHttp, type Rate } from './waiting-room/http';

/**
 * How many joins and polls does one API process take, what do calls and waiters cost as the line grows, and how good are
 * the estimates of the wait? `npm run bench:waiting-room`; `-- http`, `-- redis` or `-- eta` for one of them,
 * `-- redis 1000 5000` for other lengths.
 */
async function main(): Promise<void> {
  const [part = 'all', ...lengths] = process.argv.slice(2);
  if (part === 'all' || part === 'http') await showHttp();
  if (part === 'all' || part === 'redis')
    await showCosts(lengths.length > 0 ? lengths.map(Number) : [1000, 10_000, 100_000, 1_000_000]);
  if (part === 'all' || part === 'eta') await showEta();
}

async function showHttp(): Promise<void> {
  const { baseline, joins, polls } = await measureHttp(10);
  const row = ({ perSecond, p50, p99, errors, cpu }: Rate, bare: Rate) => ({
    'per second': Math.round(perSecond),
    'of bare Express': Math.round((100 * perSecond) / bare.perSecond) / 100,
    'CPU, µs': Math.round(cpu),
    'bare CPU to this': Math.round((100 * bare.cpu) / cpu) / 100,
    'p50, ms': Math.round(p50 * 10) / 10,
    'p99, ms': Math.round(p99 * 10) / 10,
    errors,
  });
  const { post, get } = baseline;
  console.log('Over HTTP, 64 connections, each with one request after another:');
  console.table({
    'bare POST': row(post, post),
    'bare GET': row(get, get),
    join: row(joins, post),
    poll: row(polls, get),
  });
  for (const { unexpected } of [joins, polls]) for (const answer of unexpected) console.log(answer);
}

async function showCosts(lengths: number[]): Promise<void> {
  const bench = await openBenchRoom();
  try {
    const costs = await measureCosts(bench, lengths);
    for (const [what, title] of [
      ['trip', 'Microseconds from call to answer, one call at a time (median):'],
      ['cpu', 'Microseconds of CPU in Redis for a call that serves one visitor:'],
    ] as const) {
      const row = (cost: Costs) => Object.fromEntries(verbs.map((verb) => [verb, cost.verbs[verb][what]]));
      const rows: Record<string, object> = Object.fromEntries(costs.map((cost) => [cost.waiters, row(cost)]));
      const [first, last] = [costs[0], costs.at(-1)];
      if (first && last) {
        const times = (verb: (typeof verbs)[number]) => last.verbs[verb][what] / first.verbs[verb][what];
        rows['last / first'] = Object.fromEntries(verbs.map((verb) => [verb, Math.round(100 * times(verb)) / 100]));
      }
      console.log(title);
      console.table(rows);
    }
    console.log('Of a hundred who poll at once, each; of a look at 512 places; bytes of Redis for a waiter:');
    console.table(costs.map(({ verbs: _, ...rest }) => rest));
    console.log(`Bytes per waiter with a draw number: ${await bytesPerDrawnWaiter(bench, 100_000)}`);
  } finally {
    await bench.close();
  }
}

const lines: Line[] = [
  { name: '50 active', maxActive: 50, admitPerMinute: null, visitSeconds: 60, givesUp: 0 },
  { name: '50 active, a fifth gives up', maxActive: 50, admitPerMinute: null, visitSeconds: 60, givesUp: 0.2 },
  { name: '60 a minute, a fifth gives up', maxActive: null, admitPerMinute: 60, visitSeconds: 60, givesUp: 0.2 },
  { name: 'both limits, a fifth gives up', maxActive: 50, admitPerMinute: 60, visitSeconds: 60, givesUp: 0.2 },
];

async function showEta(): Promise<void> {
  const bench = await openBenchRoom();
  const rows: Record<string, object> = {};
  try {
    for (const line of lines) {
      const { estimates, medianError, withinBounds } = await measureEta(bench, line);
      const percent = (share: number) => `${Math.round(100 * share)} %`;
      rows[line.name] = { estimates, 'median error': percent(medianError), 'within bounds': percent(withinBounds) };
    }
    console.log('Estimates of the wait against the waits that came, 600 in line, visits of a minute on average:');
    console.table(rows);
  } finally {
    await bench.close();
  }
}

runCommand(main());
