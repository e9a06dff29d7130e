import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** pino's number for `error`: needs a person, which no fault may. */
const errorLevel = 50;
/** Longest excerpt of a line. */
const excerpt = 600;

/** Warnings of Node itself. */
const nodesOwn = /^\((node:\d+|Use `node )/;

/** The lines that processes logged as errors, and what they printed besides log lines. */
export async function errorLines(files: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of files) {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const level = /^\{"level":(\d+)/.exec(line)?.[1];
      const bad = level === undefined ? line.trim() !== '' && !nodesOwn.test(line) : Number(level) >= errorLevel;
      if (bad) found.push(line.slice(0, excerpt));
    }
  }
  return found;
}

/** How many lines contain a text. */
export async function countLines(files: readonly string[], what: string): Promise<number> {
  let count = 0;
  for (const file of files) {
    for await (const line of createInterface({ input: createReadStream(file) })) if (line.includes(what)) count += 1;
  }
  return count;
}
