import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../shared/platform/project-root';
import { type Check, checks } from './contract/checks';
import { type FuzzedServer, startFuzzedServer } from './fuzz/server';
import { readOptions, runCommand } from './options';

/** For all checks together, once what they need is installed. */
const limitMs = 180_000;

const usage = `Usage: npm run check:contract

Starts the product on stores of its own, fetches its OpenAPI document, and runs on both what others have written for such
documents: redocly, spectral, openapi-python-client (whose client then makes calls), schemathesis. Three minutes at most,
besides the first time: then it fetches them through npm and PyPI. The latter two need Python 3.10 or newer.

Exit status: 0 nothing found, 1 something was found, or a check could not be run.`;

/** `npm run check:contract`: the OpenAPI document in the hands of other people's tools. Exit status 1 for any finding. */
async function main(args: string[]): Promise<void> {
  if (!readOptions(args, {})) return console.log(usage);
  const log = (line: string) => console.log(line);
  const ready = await installed(log);
  const server = await startFuzzedServer(log);
  try {
    const document = await fetchDocument(server);
    const deadline = performance.now() + limitMs;
    for (const check of ready) await report(check, () => check.run(server, document, deadline - performance.now()));
  } finally {
    await server.close();
  }
}

/** Those that can be run; the others have been reported. */
async function installed(log: (line: string) => void): Promise<Check[]> {
  const ready: Check[] = [];
  for (const check of checks)
    try {
      await check.prepare(log);
      ready.push(check);
    } catch (error) {
      console.error(`${check.name}: NOT RUN\n${(error as Error).message}`);
      process.exitCode = 1;
    }
  return ready;
}

async function report({ name }: Check, run: () => Promise<void>): Promise<void> {
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  try {
    await run();
    console.log(`${name}: nothing found (${seconds()} s)`);
  } catch (error) {
    console.error(`${(error as Error).message}\n${name}: FOUND SOMETHING (${seconds()} s)`);
    process.exitCode = 1;
  }
}

/** @returns the file that it was written to */
async function fetchDocument({ url }: FuzzedServer): Promise<string> {
  const folder = join(projectRoot, '.frontrow/contract');
  const file = join(folder, 'openapi.json');
  await mkdir(folder, { recursive: true });
  await writeFile(file, await (await fetch(`${url}/openapi.json`)).text());
  return file;
}

runCommand(main(process.argv.slice(2)));
