import { readOptions, runCommand, whole } from '../options';
import { openClusterStores } from '../stack/stores';
import { measureBacklog } from './scale/backlog';
import { type Measured, measure, type Size } from './scale/measure';
import { backlogTable, scaleTable } from './scale/table';

const usage = `npm run scale -- [--seconds 5] [--connections 256 | --rate 50] [--sizes 1x1,2x2,4x4] [--warm-up 1000] [--backlog 100000]

Holds, on a Redis Cluster of six and a replica set of three that it starts: with one API process and one worker process,
with two of each, and so on, behind a round-robin proxy. For each API process: so many connections, each with its next hold
as soon as the last is answered, or so many holds a second; and before that, unmeasured, so many holds to warm up.
On few cores holds per second can't grow with the processes: what must stay flat is the CPU that each one costs. Compare
it at a rate that the machine can carry at every size. With a backlog, also: a worker joins, stops and is killed in the middle of so
many commands; how long lanes stand still, and whether order holds.`;

const options = {
  seconds: whole(1, 600, 5),
  connections: whole(1, 1000, 256),
  rate: whole(1, 10_000),
  'warm-up': whole(1, 100_000, 1000),
  backlog: whole(0, 1_000_000, 0),
  sizes: {
    kind: 'text',
    pattern: /^[1-9]\d?x(1|2|4|8)(,[1-9]\d?x(1|2|4|8))*$/,
    wants: 'API processes x workers (1, 2, 4 or 8), such as 1x1,2x2',
    usual: '1x1,2x2,4x4',
  },
} as const;

async function main(args: string[]): Promise<void> {
  const wanted = readOptions(args, options);
  if (!wanted) return console.log(usage);
  // The defaults of both: a machine as busy as this one makes would look like one that is down.
  const stores = await openClusterStores((line) => console.error(`  ${line}`), { mongod: 10_000, redis: 15_000 });
  const results: Measured[] = [];
  try {
    for (const size of wanted.sizes.split(',').map(readSize)) {
      console.error(`  ${size.apis} API, ${size.workers} worker processes`);
      results.push(await measure(stores, size, { ...wanted, warmUp: wanted['warm-up'] }));
    }
    if (wanted.backlog > 0) {
      const result = await measureBacklog(stores, wanted.backlog);
      console.log(backlogTable(wanted.backlog, result));
      if (result.violations.length + result.inversions > 0) process.exitCode = 1;
    }
    if (results.some(({ errors }) => errors > 0)) process.exitCode = 1;
  } finally {
    if (results.length > 0) console.log(scaleTable(results));
    await stores.close();
  }
}

function readSize(text: string): Size {
  const [apis = 1, workers = 1] = text.split('x').map(Number);
  return { apis, workers };
}

runCommand(main(process.argv.slice(2)), { leave: true });
