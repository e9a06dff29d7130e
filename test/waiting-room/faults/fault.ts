import { loadScripts, type Scripts } from '../../../shared/waiting-room/scripts';
import type { Plant } from '../model/check-model';
import { freezeClock } from '../model/frozen-clock';

/** A mistake that a waiting room might have. */
export interface Fault {
  /** The promise that it breaks, as the model names it. */
  breaks: string;
  scripts: Scripts;
  plant?: Plant;
}

/** The product's scripts with a change in one file, on the frozen clock. */
export function faultyScripts(file: string, change: (source: string) => string): Scripts {
  return loadScripts((source, name) => freezeClock(name === file ? change(source) : source, name));
}
