import { setMaxListeners } from 'node:events';
import type { Case } from './cases/case';
import { charges } from './cases/charges';
import { flow } from './cases/flow';
import { distinctHolds, hotHolds } from './cases/holds';
import { joins } from './cases/joins';
import { payments } from './cases/payments';
import { jobRead, seatMap } from './cases/reads';
import type { Generator } from './load/generators';
import { measureRow, type Row } from './measure/row';
import { type Options, readOptions, usage } from './options';
import { mainTable, stepsTable } from './report/main-table';
import { type Bed, openBed } from './stack/bed';
import { createClosers, interrupted } from './stack/closers';

const cases: Case[] = [distinctHolds, hotHolds, charges, payments, flow, joins, seatMap, jobRead];

async function measureAll(bed: Bed, options: Options): Promise<Row[]> {
  const rows: Row[] = [];
  for (const bench of cases.filter(({ name }) => options.only.some((word) => name.includes(word)))) {
    for (const generator of generatorsOf(bench, options)) {
      for (const [i, clients] of options.clients.entries()) {
        console.error(`  ${bench.name}, ${clients} clients, ${generator}`);
        const warmUpSeconds = Math.min(options.seconds, i === 0 ? 3 : 1);
        rows.push(await measureRow(bed, { bench, clients, generator, seconds: options.seconds, warmUpSeconds }));
      }
    }
  }
  return rows;
}

function generatorsOf(bench: Case, { generator }: Options): Generator[] {
  if (generator) return [generator];
  return bench === flow ? ['lean', 'undici'] : ['lean'];
}

async function run(options: Options, bed: Bed): Promise<void> {
  const rows = await measureAll(bed, options);
  console.log(mainTable(rows));
  console.log(`\n${stepsTable(rows)}`);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(usage);
  setMaxListeners(0);
  const closers = createClosers();
  const work = openBed(options.workers, closers).then((bed) => run(options, bed));
  await Promise.race([work, interrupted()]).finally(closers.close);
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
