import { setTimeout as sleep } from 'node:timers/promises';
import { judge, slowestMs } from '../check/verdict';
import type { Lab, LabOptions } from '../lab/lab';
import { type Load, type LoadOptions, startLoad } from '../load/load';
import type { Random } from '../random';
import type { Counts, Finding, Trial } from '../scenario';

/** Long enough for holds to be paid, short enough to see many of them end. */
interface LoadCounts extends Counts {
  holdSeconds: number;
}

interface Course {
  lab: LabOptions;
  /** `commands`: at least so many; the load goes on until the last fault is over. */
  load: LoadOptions;
  /** How many, spread evenly over the load by its progress. */
  faults: number;
  /** Resolves when the next fault may follow. */
  fault(lab: Lab, number: number, random: Random): Promise<void>;
  /** How long a client may wait for an outcome, from the first 202 on. */
  slowestMs?: number;
  /** What else to tell. */
  measured?(lab: Lab): Finding['measured'] | Promise<Finding['measured']>;
}

/** The usual course of a scenario: clients walk, faults come, all goes quiet, and everything is compared. */
export async function underLoad(trial: Trial<LoadCounts>, course: Course): Promise<Finding> {
  const settings = { HOLD_SECONDS: String(trial.counts.holdSeconds), ...course.lab.settings };
  const lab = await trial.openLab({ ...course.lab, settings });
  const load = await startLoad(lab, trial.random, { ...course.load, commands: Infinity });
  let faults = 0;
  try {
    faults = await spread(trial, course, lab, load);
    await untilFinished(trial, load, course.load.commands);
  } catch (error) {
    lab.surprises.push((error as Error).message);
  }
  load.stop();
  await load.done;
  await Promise.all([...lab.apis, ...lab.workers].map((kept) => kept.ready()));
  const { violations, measured } = await judge(lab, load.history);
  const slowest = slowestMs(load.history.records);
  if (slowest > (course.slowestMs ?? Infinity)) violations.push(`an outcome took ${Math.round(slowest)} ms`);
  return { violations, measured: { faults, ...(await course.measured?.(lab)), ...measured } };
}

/** The first after one share of the commands, the last one share before the end; fewer when time is up. */
async function spread(trial: Trial, { faults, fault, load: { commands } }: Course, lab: Lab, load: Load) {
  const random = trial.random.fork('faults');
  for (let number = 1; number <= faults; number += 1) {
    await untilFinished(trial, load, (number * commands) / (faults + 1));
    if (!trial.inTime()) return number - 1;
    await fault(lab, number, random);
    if (number % 10 === 0) trial.say(`${number} of ${faults} faults, ${load.finished()} commands`);
  }
  return faults;
}

/** How long no command may finish before a scenario gives up. */
const standstillMs = 60_000;

/** @throws when nothing moves any more */
async function untilFinished({ inTime }: Trial, load: Load, commands: number): Promise<void> {
  let last = { finished: load.finished(), at: performance.now() };
  while (last.finished < commands && inTime()) {
    await sleep(10);
    const finished = load.finished();
    if (finished > last.finished) last = { finished, at: performance.now() };
    if (performance.now() - last.at > standstillMs) throw new Error(`no command was finished for ${standstillMs} ms`);
  }
}

/** Kills without waiting for the next run to be ready; one that doesn't come back is a violation. */
export function killOne(lab: Lab, from: Lab['workers'], random: Random): void {
  const up = from.filter((kept) => kept.isUp());
  if (up.length === 0) return;
  void random
    .pick(up)
    .restart('SIGKILL')
    .catch((error: Error) => lab.surprises.push(error.message));
}
