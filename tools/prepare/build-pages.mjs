import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isStamped } from './fingerprint.mjs';
import { step } from './step.mjs';

// The lock file says which versions of what is bundled.
const sources = ['web', 'client/src', 'tools/prepare/build-pages.mjs', 'package-lock.json'];
const target = 'dist-web';

/** Whether dist-web/ was built from exactly these sources. */
export function arePagesBuilt() {
  return isStamped(join(target, '.built-from'), sources);
}

/** Bundles the pages into a folder beside dist-web/ and swaps it in. */
export function buildPages() {
  return step('Building the pages (esbuild)', async () => {
    const from = fingerprint(sources);
    const fresh = `${target}.tmp-${process.pid}`;
    try {
      // Only here, since it needs packages that are installed by now.
      const { bundle } = await import('../../web/bundle.mjs');
      await bundle(fresh);
      writeFileSync(join(fresh, '.built-from'), from);
      rmSync(target, { recursive: true, force: true });
      renameSync(fresh, target);
      return true;
    } catch (error) {
      // esbuild has printed what is wrong with a source.
      if (!error.errors) console.error(error);
      return false;
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
}
