import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLock } from '../stack/lock.cjs';
import { build, isBuilt } from './build.mjs';
import { arePagesBuilt, buildPages } from './build-pages.mjs';
import { install, isInstalled } from './install.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Installs what is missing and builds what changed of what is wanted. Of several processes at once one works, the others
 * wait and then find it done. Everything that follows runs in the project's folder.
 * @param wanted `build`: the server's programs; `pages`: what browsers get
 * @returns whether all is ready; if not, the reason has been printed
 */
export async function prepare(wanted) {
  process.chdir(root);
  const isReady = () => isInstalled() && (!wanted.build || isBuilt()) && (!wanted.pages || arePagesBuilt());
  if (isReady()) return true;
  try {
    mkdirSync('.frontrow', { recursive: true });
  } catch ({ code }) {
    console.error(
      `Can't write to ${root} (${code}). Installing and building need that: copy it to a folder of your own.`,
    );
    return false;
  }
  const release = await takeLock('.frontrow/prepare.sock', () => console.error('Waiting for another install or build'));
  try {
    if (!isInstalled() && !(await install())) return false;
    if (wanted.build && !isBuilt() && !(await build())) return false;
    return !wanted.pages || arePagesBuilt() || (await buildPages());
  } finally {
    release();
  }
}
