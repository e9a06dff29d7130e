import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where fetched stores are kept between runs and shared between clones. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'frontrow');
}

/**
 * Fills `folder` by way of a temporary folder beside it and a rename, so that nobody ever sees half of it. Of two
 * processes that do it at once, the first to finish wins, and the other one's work is thrown away.
 */
export async function fillOnce(folder: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
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

/** Rename onto a folder that holds something. */
function isTaken(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes(String((error as NodeJS.ErrnoException).code));
}
