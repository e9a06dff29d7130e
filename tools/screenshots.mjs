/**
 * `npm run screenshots`: takes pictures of the fan's page, the operator's, and the board into .frontrow/screenshots/, and those
 * that the docs show into docs/screenshots/. With names, only those.
 */
import { endWithNpm } from './prepare/end-with-npm.mjs';
import { requireNode } from './prepare/node-version.mjs';

requireNode();
endWithNpm();
const { prepare } = await import('./prepare/prepare.mjs');
const { runShown } = await import('./prepare/step.mjs');
const { runJest } = await import('./test/run-jest.mjs');
const { provideChromium } = await import('./test/chromium.mjs');

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
/** Tests that bring their pages into a state worth a picture, and keep it when SCREENSHOTS says which. */
const tests = { board: 'test/web/board.test.ts', operator: 'test/web/operator-looks.test.ts' };
const isOfTest = (name) => Object.keys(tests).some((start) => name.startsWith(start));

/** @returns whether all went well */
async function takeFans(CHROMIUM_PATH) {
  if (names.length > 0 && names.every(isOfTest)) return true;
  const command = ['--require', './test/helpers/register-swc.cjs', 'test/web/screenshots/take.ts', ...args];
  return runShown(process.execPath, command, { env: { ...process.env, CHROMIUM_PATH } });
}

/** @returns whether all went well */
async function takeOthers(CHROMIUM_PATH) {
  const files = Object.keys(tests).filter(
    (start) => names.length === 0 || names.some((name) => name.startsWith(start)),
  );
  if (files.length === 0 || args.includes('--png')) return true;
  Object.assign(process.env, { CHROMIUM_PATH, SCREENSHOTS: names.join() || 'all' });
  const { failed } = await runJest(files.map((start) => tests[start]));
  return failed === 0;
}

const chromium = (await prepare({ pages: true })) && (await provideChromium());
const good = chromium && (await takeFans(chromium)) && (await takeOthers(chromium));
process.exitCode = good ? 0 : 1;
