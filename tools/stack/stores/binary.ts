import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program that runs on this machine and is new enough. */
export interface Binary {
  path: string;
  version: string;
}

/** What makes a program the one we look for. */
export interface Wanted {
  names: string[];
  /** The least version, `[major, minor]`. */
  least: [number, number];
  /** Finds `major.minor.patch` in what `--version` prints. */
  version: RegExp;
}

/** @throws Error saying why this file can't be used: does not run, or too old */
export async function checkBinary(path: string, wanted: Wanted): Promise<Binary> {
  const { stdout } = await run(path, ['--version'], { timeout: 20_000 }).catch((error) => {
    throw new Error(`${path} does not run (${lastLine(String(error.stderr || error.message))})`);
  });
  const version = wanted.version.exec(stdout)?.[1];
  if (!version) throw new Error(`${path} does not say its version`);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = wanted.least;
  if (major < leastMajor || (major === leastMajor && minor < leastMinor))
    throw new Error(`${path} is version ${version}, ${wanted.least.join('.')} or newer is needed`);
  return { path, version };
}

/** @throws Error with the reason for each candidate, or saying that there is none */
export async function firstUsable(candidates: string[], wanted: Wanted, none: string): Promise<Binary> {
  const reasons: string[] = [];
  for (const path of candidates) {
    try {
      return await checkBinary(path, wanted);
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(reasons.join('; ') || none);
}

/** Every executable file of these names in the folders of a PATH, in its order. */
export async function onPath(names: string[], path: string | undefined): Promise<string[]> {
  const folders = (path ?? '').split(delimiter).filter(Boolean);
  return executables(names.flatMap((name) => folders.map((folder) => join(folder, name))));
}

/** Every kept program: `<folder>/<how it was got>/<name...>`. */
export async function kept(names: string[], folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
  const named = entries.filter((entry) => names.some((name) => (entry.split('/').at(-1) ?? '').startsWith(name)));
  return executables(named.filter((entry) => !entry.includes('.tmp-')).map((entry) => join(folder, entry)));
}

async function executables(files: string[]): Promise<string[]> {
  const usable = await Promise.all(
    files.map((file) =>
      access(file, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return files.filter((_, index) => usable[index]);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
