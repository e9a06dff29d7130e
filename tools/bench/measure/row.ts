import type { Case, StepMaker } from '../cases/case';
import { closedLoop } from '../load/closed-loop';
import { type Generator, generators } from '../load/generators';
import type { Side, Testbed } from '../testbed';
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

interface Plan {
  bench: Case;
  clients: number;
  generator: Generator;
  seconds: number;
  warmUpSeconds: number;
  /** Steps a second with the number of clients before, by server and case. */
  known: Map<string, number>;
}

/** Steps a second that data is made for at least: for each client, and for many of them. */
const [firstGuess, mostGuessed] = [100, 400];
/** Data for more than the rate while it warmed up. A stretch that runs out of it ends, and counts for as long as it was. */
const reserve = 1.2;

export async function measureRow(testbed: Testbed, plan: Plan): Promise<Row> {
  const { bench, clients, generator } = plan;
  const { name, commands, baseline } = bench;
  const product = await prepared(testbed.product, testbed, plan);
  const other = baseline && (await prepared(baseline === 'direct' ? testbed.direct : testbed.bare, testbed, plan));
  return { name, commands, clients, generator, product: await product(), baseline: other && (await other()) };
}

/** Warms up, and makes what one stretch needs. */
async function prepared(side: Side, testbed: Testbed, plan: Plan): Promise<() => Promise<Figures>> {
  const { bench, clients, generator, seconds, warmUpSeconds, known } = plan;
  const { target, probe } = side;
  const { port } = target;
  const prepare = async (perSecond: number, duration: number): Promise<StepMaker> =>
    side === testbed.bare
      ? () => readBare(String(bench.baseline))
      : bench.prepare(target, Math.ceil(perSecond * reserve * duration + clients));
  const fewer = known.get(`${port} ${bench.name}`) ?? 0;
  let make = await prepare(Math.max(fewer, Math.min(mostGuessed, firstGuess * clients)), warmUpSeconds);
  const warm = await closedLoop(port, clients, warmUpSeconds, make(true), generators[generator]);
  if (bench.usesUp) make = await prepare(Math.max(fewer, warm.perSecond), seconds);
  return async () => {
    const figures = await runStretch({ port, clients, seconds, generator }, bench, make, probe, testbed);
    known.set(`${port} ${bench.name}`, figures.perSecond);
    return figures;
  };
}

const readBare =
  (path: string): ReturnType<StepMaker> =>
  (connection) =>
    connection.request('GET', path, {}).then(({ status }) => {
      if (status !== 200) throw new Error(`${path}: ${status}`);
    });
