import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../shared/platform/project-root';

const run = promisify(execFile);
const installMs = 300_000;

/**
 * Makes sure of a program of PyPI, in a virtual environment of its own below `.frontrow/`.
 * @returns the folder of its programs, Python among them
 * @throws Error when there is no Python that can run it, or no way to the package
 */
export async function installPythonTool(name: string, version: string, log: (line: string) => void): Promise<string> {
  const folder = join(projectRoot, '.frontrow', name);
  const programs = join(folder, 'bin');
  const program = join(programs, name);
  if (existsSync(program) && (await versionOf(program)) === version) return programs;
  const python = await findPython(name);
  log(`Installing ${name} ${version} into ${folder}`);
  await mkdir(folder, { recursive: true });
  await run(python, ['-m', 'venv', folder]);
  await run(join(programs, 'python'), ['-m', 'pip', 'install', '--quiet', `${name}==${version}`], {
    timeout: installMs,
  });
  return programs;
}

async function versionOf(program: string): Promise<string | undefined> {
  const { stdout } = await run(program, ['--version']).catch(() => ({ stdout: '' }));
  return /version:? (\S+)/.exec(stdout)?.[1];
}

async function findPython(tool: string): Promise<string> {
  for (const name of ['python3', 'python']) {
    const check = 'import sys, venv, ensurepip; print(int(sys.version_info >= (3, 10)))';
    const { stdout } = await run(name, ['-c', check]).catch(() => ({ stdout: '' }));
    if (stdout.trim() === '1') return name;
  }
  throw new Error(
    `${tool} needs Python 3.10 or newer on the PATH, with venv (Debian: python3-venv). ` +
      'Without it, test/security/fuzz.test.ts, a part of npm test, sends random requests made from the same schemas.',
  );
}
