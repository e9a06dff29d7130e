import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../shared/platform/project-root';

const run = promisify(execFile);
const version = '4.32.5';
const folder = join(projectRoot, '.frontrow/fuzz');

/**
 * Makes sure of the fuzzer, in a folder of its own.
 * @returns its program
 * @throws Error saying what to do, when there is no Python that can run it
 */
export async function installSchemathesis(log: (line: string) => void): Promise<string> {
  const program = join(folder, 'bin/schemathesis');
  if (existsSync(program) && (await versionOf(program)) === version) return program;
  const python = await findPython();
  log(`Installing schemathesis ${version} into ${folder}`);
  await mkdir(folder, { recursive: true });
  await run(python, ['-m', 'venv', folder]);
  await run(join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', `schemathesis==${version}`]);
  return program;
}

async function versionOf(program: string): Promise<string | undefined> {
  const { stdout } = await run(program, ['--version']).catch(() => ({ stdout: '' }));
  return /version (\S+)/.exec(stdout)?.[1];
}

async function findPython(): Promise<string> {
  for (const name of ['python3', 'python']) {
    const tells = 'import sys, venv; print(int(sys.version_info >= (3, 10)))';
    const { stdout } = await run(name, ['-c', tells]).catch(() => ({ stdout: '' }));
    if (stdout.trim() === '1') return name;
  }
  throw new Error(
    'npm run fuzz needs Python 3.10 or newer on the PATH, with venv, for schemathesis. ' +
      'Without it, test/security/fuzz.test.ts, a part of npm test, sends random requests made from the same schemas.',
  );
}

/**
 * @param ids real values of path parameters: used in two requests of three, so that most get beyond 404
 * @returns its exit status: 0 when it found nothing
 */
export async function runSchemathesis(program: string, ids: Record<string, string>, args: string[]): Promise<number> {
  const settings = Object.entries(ids).flatMap(([name, id]) => [
    `[dictionaries.${name}]`,
    `values = ["${id}"]`,
    `[parameters.${name}]`,
    `dictionary = "${name}"`,
    'probability = 0.66',
  ]);
  // What is too large is refused for that, whatever else is wrong with it.
  const refusals = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 431];
  settings.push('[checks.negative_data_rejection]', `expected-statuses = [${refusals}]`);
  const file = join(folder, 'schemathesis.toml');
  await writeFile(file, settings.join('\n'));
  const child = spawn(program, ['--config-file', file, ...args], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
