import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runShown, step } from './step.mjs';

const sources = ['api', 'workers', 'shared', 'scripts', 'bench', 'tsconfig.json', 'tsconfig.build.json'];
const stamp = 'dist/.built-from';

/** Whether dist/ was built from exactly these sources. */
export function isBuilt() {
  try {
    return readFileSync(stamp, 'utf8') === fingerprint();
  } catch {
    return false;
  }
}

/**
 * Compiles into a folder beside dist/ and swaps it in, so that a failed build leaves the last good one and files of
 * removed sources go away.
 */
export function build() {
  return step('Building (tsc)', async () => {
    const from = fingerprint();
    const fresh = `dist.tmp-${process.pid}`;
    try {
      const tsc = 'node_modules/typescript/bin/tsc';
      if (!(await runShown(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh]))) return false;
      writeFileSync(join(fresh, '.built-from'), from);
      rmSync('dist', { recursive: true, force: true });
      renameSync(fresh, 'dist');
      return true;
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
}

/** Changes when any source is added, removed or written. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn)) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesIn(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry?.isDirectory()) return entry ? [path] : [];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
