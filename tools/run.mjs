/**
 * `node tools/run.mjs <module> [args]`: installs and builds what is missing, then runs dist/<module>.js in this very
 * process. Plain Node, since it is what runs before anything is installed.
 */
import Module from 'node:module';
import { join } from 'node:path';
import { endWithNpm } from './prepare/end-with-npm.mjs';
import { requireNode } from './prepare/node-version.mjs';

requireNode();
endWithNpm();
const { root, prepare } = await import('./prepare/prepare.mjs');
/** What has to do with browsers: a bench need not wait for the pages. */
const servesPages = ['tools/dev/start', 'tools/dev/demo', 'tools/simulate', 'api/server'];
const [module, ...args] = process.argv.slice(2);
if (!module) {
  console.error('Usage: node tools/run.mjs <module> [arguments], for example: node tools/run.mjs tools/dev/start');
  process.exit(2);
}
if (!(await prepare({ build: true, pages: servesPages.includes(module) }))) process.exit(1);
process.argv = [process.execPath, join(root, 'dist', `${module}.js`), ...args];
Module.runMain();
