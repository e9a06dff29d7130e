import fc from 'fast-check';
import { type Step, sequences } from './steps';

interface Replay {
  seed: number;
  /** Where in the search the failure was, if it is one that is known. */
  path?: string;
}

/** `FRONTROW_MODEL_SEED=<seed>` or `<seed>:<path>`, as a failure prints it; a new seed each time without. */
export function replayOf(text = process.env.FRONTROW_MODEL_SEED): Replay {
  const [, seed, path] = /^(-?\d+)(?::([\d:]+))?$/.exec(text ?? '') ?? [];
  if (text && seed === undefined) throw new Error(`FRONTROW_MODEL_SEED must be <seed> or <seed>:<path>, not ${text}`);
  return seed === undefined ? { seed: Date.now() % 2 ** 31 } : { seed: Number(seed), ...(path && { path }) };
}

/** How many sequences to play: as many as the variable says, for long runs. */
export function runsOf(variable: string, usual: number): number {
  const given = Number(process.env[variable] || usual);
  if (!Number.isInteger(given) || given < 1) throw new Error(`${variable} must be a number of sequences`);
  return given;
}

export interface Search {
  runs: number;
  replay: Replay;
  /** Most steps of a sequence. */
  longest: number;
  /** False: the first failure will do, however long. */
  shrink?: boolean;
}

/** Plays random sequences. Answers null, or the first failure with how to see it again. */
export async function searchFailure(
  playOne: (steps: Step[]) => Promise<void>,
  { runs, replay, longest, shrink = true }: Search,
): Promise<string | null> {
  const property = fc.asyncProperty(sequences(longest), playOne);
  const found = await fc.check(property, { numRuns: runs, ...replay, endOnFailure: !shrink });
  if (!found.failed) return null;
  const [steps = []] = found.counterexample ?? [];
  const cause = found.errorInstance instanceof Error ? found.errorInstance.stack : String(found.errorInstance);
  return [
    `After ${found.numRuns} sequences: ${cause}`,
    `Steps, ${found.numShrinks} times shortened:`,
    ...steps.map((step) => `  ${JSON.stringify(step)}`),
    `Again: FRONTROW_MODEL_SEED=${found.seed}:${found.counterexamplePath}`,
  ].join('\n');
}
