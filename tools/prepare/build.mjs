import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isStamped } from './fingerprint.mjs';
import { runShown, step } from './step.mjs';

const sources = [
  'api',
  'client/src',
  'client/package.json',
  'workers',
  'shared',
  'tools',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** Whether dist/ was built from exactly these sources. */
export function isBuilt() {
  return isStamped('dist/.built-from', sources);
}

/**
 * Compiles into a folder beside dist/ and swaps it in, so that a failed build leaves the last good one and files of
 * removed sources go away.
 */
export function build() {
  return step('Building (tsc)', async () => {
    const from = fingerprint(sources);
    const fresh = `dist.tmp-${process.pid}`;
    try {
      const tsc = 'node_modules/typescript/bin/tsc';
      if (!(await runShown(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh]))) return false;
      // The client is a package of ES modules; Node asks the nearest of these files.
      copyFileSync('client/package.json', join(fresh, 'client/package.json'));
      writeFileSync(join(fresh, '.built-from'), from);
      rmSync('dist', { recursive: true, force: true });
      renameSync(fresh, 'dist');
      return true;
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
}
