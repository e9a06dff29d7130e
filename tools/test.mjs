/** `npm test`: installs what is missing, then lint, types, and jest with the arguments given. Stops at the first failure. */
import { endWithNpm } from './prepare/end-with-npm.mjs';
import { requireNode } from './prepare/node-version.mjs';

requireNode();
endWithNpm();
const { prepare } = await import('./prepare/prepare.mjs');
const { runShown, step } = await import('./prepare/step.mjs');
const { runJest } = await import('./test/run-jest.mjs');
const { provideChromium } = await import('./test/chromium.mjs');

const node = process.execPath;
/** The pages are checked apart: they have a browser's types, and not Node's. */
async function checkTypes(...projects) {
  const tsc = 'node_modules/typescript/bin/tsc';
  for (const project of projects) if (!(await runShown(node, [tsc, '--noEmit', '-p', project]))) return false;
  return true;
}
let totals;
const ready =
  (await prepare({ build: false, pages: true })) &&
  (await step('Lint (biome)', () => runShown(node, ['node_modules/@biomejs/biome/bin/biome', 'check', '.']))) &&
  (await step('Types (tsc)', () => checkTypes('tsconfig.json', 'web/tsconfig.json')));
process.env.CHROMIUM_PATH = (ready && provideChromium()) || '';
const good =
  ready &&
  process.env.CHROMIUM_PATH &&
  (await step('Tests (jest)', async () => {
    totals = await runJest(process.argv.slice(2));
    return totals.failed === 0;
  }));
if (totals) console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = good ? 0 : 1;
