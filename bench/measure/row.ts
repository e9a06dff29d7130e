import type { Case, StepMaker } from '../cases/case';
import { closedLoop } from '../load/closed-loop';
import { type Generator, generators } from '../load/generators';
import type { Bed, Side } from '../stack/bed';
import { type Figures, runStretch } from './stretch';

/** One case with one number of clients: the product, and right after it the baseline. */
export interface Row {
  name: string;
  commands: number;
  clients: number;
  generator: Generator;
  product: Figures;
  baseline: Figures | null;
}

export interface Plan {
  bench: Case;
  clients: number;
  generator: Generator;
  seconds: number;
  warmUpSeconds: number;
}

/** Steps a second that data is made for before anything is known. */
const firstGuess = 400;
/** What is measured may be faster than it was while it warmed up. */
const reserve = 1.4;

export async function measureRow(bed: Bed, plan: Plan): Promise<Row> {
  const { bench, clients, generator } = plan;
  const { name, commands, baseline } = bench;
  const product = await prepared(bed.product, bench, plan);
  const other = baseline && (await prepared(baseline === 'direct' ? bed.direct : bed.bare, bench, plan));
  const measured = await product(bed);
  return { name, commands, clients, generator, product: measured, baseline: other && (await other(bed)) };
}

/** Warms up, and makes what one stretch needs. */
async function prepared({ target, probe }: Side, bench: Case, plan: Plan): Promise<(bed: Bed) => Promise<Figures>> {
  const { clients, generator, seconds, warmUpSeconds } = plan;
  const { port } = target;
  const prepare = async (steps: number): Promise<StepMaker> =>
    probe.pids.bare ? () => readBare(String(bench.baseline)) : bench.prepare(target, Math.ceil(steps));
  let make = await prepare(firstGuess * warmUpSeconds + clients);
  const warm = await closedLoop(port, clients, warmUpSeconds, make(true), generators[generator]);
  if (bench.usesUp) make = await prepare(warm.perSecond * reserve * seconds + clients);
  return ({ idle }) => runStretch({ port, clients, seconds, generator }, bench, make, probe, idle);
}

const readBare =
  (path: string): ReturnType<StepMaker> =>
  (connection) =>
    connection.request('GET', path, {}).then(({ status }) => {
      if (status !== 200) throw new Error(`${path}: ${status}`);
    });
