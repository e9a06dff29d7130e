/** `npm test`: installs what is missing, then lint, types, and jest with the arguments given. Stops at the first failure. */
import { endWithNpm } from './prepare/end-with-npm.mjs';
import { requireNode } from './prepare/node-version.mjs';

requireNode();
endWithNpm();
const { prepare } = await import('./prepare/prepare.mjs');
const { runShown, step } = await import('./prepare/step.mjs');
const { runJest } = await import('./test/run-jest.mjs');

const node = process.execPath;
let totals;
const ready =
  (await prepare({ build: false })) &&
  (await step('Lint (biome)', () => runShown(node, ['node_modules/@biomejs/biome/bin/biome', 'check', '.']))) &&
  (await step('Types (tsc)', () => runShown(node, ['node_modules/typescript/bin/tsc', '--noEmit'])));
const good =
  ready &&
  (await step('Tests (jest)', async () => {
    totals = await runJest(process.argv.slice(2));
    return totals.failed === 0;
  }));
if (totals) console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = good ? 0 : 1;
