import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runShown, step } from './step.mjs';

/**
 * Whether node_modules is what package-lock.json says. Compares contents, not times, which a copy or a checkout changes.
 * Optional packages may be missing: most are for other systems.
 */
export function isInstalled() {
  const wanted = packages('package-lock.json');
  const present = packages('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    if (!present[path]) return entry.optional === true;
    // npm's own list may be whole although another install, which was interrupted, took packages away.
    return present[path].version === entry.version && existsSync(join(path, 'package.json'));
  });
}

export function install() {
  // The build needs the development packages, whatever NODE_ENV says.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  return step('Installing packages (npm ci)', async () => {
    const good = await runShown('npm', args);
    if (!good) console.error('npm could not install the packages: see its message above; then run this again.');
    return good;
  });
}

function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
