import { readOptions, runCommand, whole } from '../options';
import { openStores } from '../stack/stores';
import { measureCaches } from './topics/caches';
import { measureGuards } from './topics/guards';
import { measureLines } from './topics/lines';
import { measureLogs } from './topics/logs';
import { measureMessages } from './topics/messages';

const usage = `npm run bench:topics -- [guards] [caches] [lines] [messages] [logs] [--seconds 4] [--longest 1000000]

The figures of docs/topics, each beside what could have been done instead:
  guards   many want the same seat: no guard, a unique index, a conditional update in a transaction, lanes
  caches   the seat map and a concert with and without the caches of the API, and how old what is read may be
  lines    the waiting room on Redis and the same verbs on MongoDB, with up to so many people in line
  messages what comes after a commit, with Redis and without it
  logs     what each level of the log costs`;

const options = { seconds: whole(1, 60, 4), longest: whole(1000, 10_000_000, 1_000_000) };
const parts = {
  guards: measureGuards,
  caches: measureCaches,
  lines: measureLines,
  messages: measureMessages,
  logs: measureLogs,
};

async function main(): Promise<void> {
  const names: string[] = [];
  const given = readOptions(process.argv.slice(2), options, names);
  if (!given) return console.log(usage);
  for (const [name, measure] of Object.entries(parts)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const stores = await openStores({ name: `bench-${name}`, log: (line) => console.error(`  ${line}`), cacheGb: 1 });
    try {
      console.log(await measure(stores, given));
    } finally {
      await stores.close();
    }
  }
}

runCommand(main());
