import type { Random } from '../random';
import type { Stores } from '../stack/stores';
import type { Environment, EnvironmentOptions } from './environment/environment';

/** How many of each; what a scenario was asked to do, and in its result what it did. */
export type Counts = Record<string, number>;

/** One kind of fault, and what must hold in spite of it. */
export interface Scenario<C extends Counts = Counts> {
  name: string;
  /** One sentence. */
  promise: string;
  full: C;
  short: C;
  run(trial: Trial<C>): Promise<Finding>;
}

/** What a scenario works with. */
export interface Trial<C extends Counts = Counts> {
  counts: C;
  random: Random;
  stores: Stores;
  /** False when the time budget is spent: begin nothing new. */
  inTime(): boolean;
  log(line: string): void;
  /** Opens a environment that is closed, and kept for a look when something is wrong, by whoever runs the scenario. */
  openEnvironment(options: EnvironmentOptions): Promise<Environment>;
}

export interface Finding {
  /** Empty when every promise held. */
  violations: string[];
  measured: Record<string, number | string>;
}

export interface Result extends Finding {
  name: string;
  promise: string;
  seed: number;
  counts: Counts;
  /** The counts are those of the long form. */
  full: boolean;
  /** The time budget ended it before all was done. */
  cutShort: boolean;
  seconds: number;
}

/** Lets the compiler see that both forms have the same counts. */
export function scenario<C extends Counts>(definition: Scenario<C>): Scenario {
  return definition as unknown as Scenario;
}
