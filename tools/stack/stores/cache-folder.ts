import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Where fetched stores are kept between runs and shared between clones. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'frontrow');
}

/** Longer than any fetch takes. */
const staleMs = 60 * 60 * 1000;

/**
 * Fills `folder`, unless it is there already, by way of a temporary folder beside it and a rename, so that nobody ever
 * sees half of it. Of two processes that do it at once, the first to finish wins; the other one's work is thrown away.
 */
export async function fillOnce(folder: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  if (await stat(folder).catch(() => undefined)) return;
  await mkdir(dirname(folder), { recursive: true });
  await removeStale(folder);
  const temporary = await mkdtemp(`${folder}.tmp-`);
  try {
    await fill(temporary);
    await rename(temporary, folder);
  } catch (error) {
    if (!isTaken(error)) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What processes that were killed left behind. */
async function removeStale(folder: string): Promise<void> {
  const names = await readdir(dirname(folder));
  for (const name of names.filter((entry) => entry.startsWith(`${basename(folder)}.tmp-`))) {
    const path = join(dirname(folder), name);
    const made = await stat(path).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > staleMs) await rm(path, { recursive: true, force: true });
  }
}

/** Rename onto a folder that holds something. */
function isTaken(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes(String((error as NodeJS.ErrnoException).code));
}
