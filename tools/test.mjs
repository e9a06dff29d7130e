/**
 * `npm test`: installs what is missing, then lint, types, unused code, and the tests. Stops at the first step that fails.
 * `--part <name>` runs one part of the suite (`npm run test:api`); everything else is passed to jest.
 */
import { endWithNpm } from './prepare/end-with-npm.mjs';
import { requireNode } from './prepare/node-version.mjs';
import { parts, patternsOf } from './test/parts.mjs';

requireNode();
endWithNpm();
const { prepare } = await import('./prepare/prepare.mjs');
const { runShown, step } = await import('./prepare/step.mjs');
const { listTests, runJest } = await import('./test/run-jest.mjs');
const { provideChromium } = await import('./test/chromium.mjs');

/** @returns jest's arguments */
function readArguments([first, name, ...rest]) {
  if (first !== '--part') return [first, name, ...rest].filter((arg) => arg !== undefined);
  if (Object.hasOwn(parts, name)) return [...patternsOf(name), ...rest];
  console.error(`There is no part ${name}. There are: ${Object.keys(parts).join(', ')}.`);
  return process.exit(2);
}

const tool = (path, ...args) => runShown(process.execPath, [`node_modules/${path}`, ...args]);

/** The pages are checked apart: they have a browser's types, and not Node's. */
async function checkTypes(...projects) {
  for (const project of projects) if (!(await tool('typescript/bin/tsc', '--noEmit', '-p', project))) return false;
  return true;
}

/** Without Chromium the other parts run all the same. @returns what is missing, if anything is */
async function leaveOutPages(args) {
  const needsPages = (await listTests(args)).some((file) => patternsOf('web').some((folder) => file.includes(folder)));
  process.env.CHROMIUM_PATH = (needsPages && (await provideChromium())) || '';
  if (!needsPages || process.env.CHROMIUM_PATH) return undefined;
  args.push('--testPathIgnorePatterns', ...patternsOf('web'), '--passWithNoTests');
  return 'Chromium is missing: the tests of the pages (test/web) were not run.';
}

const args = readArguments(process.argv.slice(2));
const ready =
  (await prepare({ build: false, pages: true })) &&
  (await step('Lint (biome)', () => tool('@biomejs/biome/bin/biome', 'check', '.'))) &&
  (await step('Types (tsc)', () => checkTypes('tsconfig.json', 'web/tsconfig.json'))) &&
  (await step('Unused code (knip)', () => tool('knip/bin/knip.js', '--no-progress')));
const missing = ready && (await leaveOutPages(args));
let totals;
const good =
  ready &&
  (await step('Tests (jest)', async () => {
    totals = await runJest(args);
    return totals.failed === 0;
  }));
if (missing) console.error(`\n${missing}`);
if (totals) console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = good && !missing ? 0 : 1;
