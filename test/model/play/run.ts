import type { BatchReport } from '../../../workers/batches/run-batch';
import type { Outcome } from '../../../workers/handler';
import { Crashed } from '../mishaps';
import { Mismatch } from '../state';
import { type Run, workerCount } from '../steps';
import { demandAllDue, followGroup, type GroupView } from './check-group';
import { demand, type Game } from './game';
import { takeLane } from './take-lane';

interface Ran {
  run: Run;
  epochs: ReadonlyMap<string, number>;
  /** Null: the worker died before the commit. */
  report: BatchReport | null;
}

/** Workers carry out groups, one after another or at the same time; then the model does the same. */
export async function runGroups(game: Game, runs: readonly Run[]): Promise<void> {
  const crash = runs.find(({ mishap }) => mishap === 'crash before commit');
  // One worker commits one group at a time; what a dead one has written is locked until its lanes are taken over.
  const distinct = crash
    ? [crash]
    : runs.filter((run, i) => runs.findIndex(({ worker }) => worker === run.worker) === i);
  const rans: Ran[] = [];
  if (game.system.concurrent) {
    rans.push(...(await Promise.all(distinct.map((run) => runOne(game, run)))).filter((ran) => ran !== null));
    followSomeOrder(game, rans);
  } else {
    for (const run of distinct) {
      const ran = await runOne(game, run);
      if (ran?.report) followGroup(game, ran.report);
      if (ran) rans.push(ran);
    }
  }
  for (const ran of rans) await afterwards(game, ran);
}

async function runOne({ system, believes }: Game, run: Run): Promise<Ran | null> {
  const all = [...(believes[run.worker] ?? [])];
  const some = all.filter((_, index) => (run.lanes & (1 << index)) !== 0);
  const epochs = new Map(some.length > 0 ? some : all);
  if (epochs.size === 0) return null;
  const report = await system.run({ ...run, epochs }).catch((error: unknown) => {
    if (error instanceof Crashed) return null;
    throw error;
  });
  return { run, epochs, report };
}

/** Groups that ran at the same time must have done what they would have done one after another, in some order. */
function followSomeOrder(game: Game, rans: readonly Ran[]): void {
  const reports = rans.flatMap(({ report }) => report ?? []);
  const orders = reports.length > 1 ? [reports, reports.toReversed()] : [reports];
  const failures: Mismatch[] = [];
  for (const order of orders) {
    const model = JSON.parse(JSON.stringify(game.model));
    const view: GroupView = { model, holds: new Map(game.holds), laneOf: game.laneOf };
    try {
      for (const report of order) followGroup(view, report);
      Object.assign(game, view);
      return;
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      failures.push(error);
    }
  }
  throw new Mismatch(failures.map((failure) => failure.message).join('\nand in the other order: '));
}

async function afterwards(game: Game, { run, epochs, report }: Ran): Promise<void> {
  const { system, believes, owners, tally, jobs } = game;
  if (!report) return died(game, run);
  const mine = (lane: string) =>
    owners.get(lane)?.worker === run.worker && owners.get(lane)?.epoch === epochs.get(lane);
  const lost = [...epochs.keys()].filter((lane) => !mine(lane));
  demand(
    lost.toSorted().join() === report.lost.toSorted().join(),
    () =>
      `worker ${run.worker} lost ${lost.join() || 'nothing'}, but the batch named ${report.lost.join() || 'nothing'}`,
  );
  demandAllDue(game, report, [...epochs.keys()].filter(mine));
  for (const lane of lost) believes[run.worker]?.delete(lane);
  for (const { command, outcome } of report.decision?.decided ?? []) {
    demand(mine(command.lane), () => `${command._id} was carried out by a worker that had lost ${command.lane}`);
    const what = whatHappened(command.kind, outcome);
    tally.set(what, (tally.get(what) ?? 0) + 1);
  }
  if (run.mishap === 'crash after commit') return died(game, run);
  await system.publish(report);
  jobs.push(...(report.decision?.schedule ?? []).map(({ lane }) => lane));
}

function whatHappened(kind: string, outcome: Outcome): string {
  if (outcome.status === 'refused') return `${kind} refused ${outcome.problem.code}`;
  const over = kind === 'hold.place' && outcome.status === 'done' && (outcome.skip ?? []).length > 0;
  return `${kind} ${outcome.status}${over ? ' over an ended hold' : ''}`;
}

/** Another worker takes the dead one's lanes over, which also frees what its open transaction has locked. */
async function died(game: Game, { worker }: Run): Promise<void> {
  game.believes[worker]?.clear();
  const lanes = [...game.owners.keys()].filter((lane) => game.owners.get(lane)?.worker === worker);
  await Promise.all(lanes.map((lane) => takeLane(game, (worker + 1) % workerCount, lane, true)));
}
