import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../random';
import { slowestMs, verify } from '../check/verify';
import type { Environment, EnvironmentOptions } from '../environment/environment';
import { type Load, type LoadOptions, startLoad } from '../load/load';
import type { Counts, Finding, Trial } from '../scenario';

/** Long enough for holds to be paid, short enough to see many of them end. */
interface LoadCounts extends Counts {
  holdSeconds: number;
}

interface Course {
  environment: EnvironmentOptions;
  /** `commands`: at least so many; the load goes on until the last fault is over. */
  load: LoadOptions;
  /** How many, spread evenly over the load by its progress. */
  faults: number;
  /** Resolves when the next fault may follow. */
  fault(environment: Environment, number: number, random: Random): Promise<void>;
  /** How long a client may wait for an outcome, from the first 202 on. */
  slowestMs?: number;
  /** What else to report. */
  measured?(environment: Environment): Finding['measured'] | Promise<Finding['measured']>;
}

/** The usual course of a scenario: clients walk, faults come, all goes quiet, and everything is compared. */
export async function underLoad(trial: Trial<LoadCounts>, course: Course): Promise<Finding> {
  const settings = { HOLD_SECONDS: String(trial.counts.holdSeconds), ...course.environment.settings };
  const environment = await trial.openEnvironment({ ...course.environment, settings });
  const load = await startLoad(environment, trial.random, { ...course.load, commands: Infinity });
  let faults = 0;
  try {
    faults = await spread(trial, course, environment, load);
    await untilFinished(trial, load, course.load.commands);
  } catch (error) {
    environment.unexpected.push((error as Error).message);
  }
  load.stop();
  await load.done;
  await Promise.all([...environment.apis, ...environment.workers].map((kept) => kept.ready()));
  const { violations, measured } = await verify(environment, load.history);
  const slowest = slowestMs(load.history.records);
  if (slowest > (course.slowestMs ?? Infinity)) violations.push(`an outcome took ${Math.round(slowest)} ms`);
  return { violations, measured: { faults, ...(await course.measured?.(environment)), ...measured } };
}

/** The first after one share of the commands, the last one share before the end; fewer when time is up. */
async function spread(
  trial: Trial,
  { faults, fault, load: { commands } }: Course,
  environment: Environment,
  load: Load,
) {
  const random = trial.random.fork('faults');
  for (let number = 1; number <= faults; number += 1) {
    await untilFinished(trial, load, (number * commands) / (faults + 1));
    if (!trial.inTime()) return number - 1;
    await fault(environment, number, random);
    if (number % 10 === 0) trial.log(`${number} of ${faults} faults, ${load.finished()} commands`);
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
export function killOne(environment: Environment, from: Environment['workers'], random: Random): void {
  const up = from.filter((kept) => kept.isUp());
  if (up.length === 0) return;
  void random
    .pick(up)
    .restart('SIGKILL')
    .catch((error: Error) => environment.unexpected.push(error.message));
}
