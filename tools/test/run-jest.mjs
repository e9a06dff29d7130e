import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How long jest has, once its results are written, to end by itself. */
const endMs = 15_000;

const jest = 'node_modules/jest/bin/jest.js';

/** The files that jest would run. Options that it does not know fail when it does run them. */
export async function listTests(args) {
  const listed = promisify(execFile)(process.execPath, [jest, '--listTests', '--passWithNoTests', ...args]);
  return listed.then(({ stdout }) => stdout.trim().split('\n')).catch(() => []);
}

/**
 * Runs jest with its output shown.
 * @returns counts of tests; a file that could not run, and a process that would not end, count as failed
 */
export async function runJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'frontrow-jest-'));
  const results = join(folder, 'results.json');
  try {
    const exit = await superviseJest(['--json', `--outputFile=${results}`, ...args], results);
    const totals = readTotals(results);
    const unexplained = exit !== 0 && totals.failed === 0 ? 1 : 0;
    return { passed: totals.passed, failed: totals.failed + unexplained };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resolves to jest's exit code, or to nothing when it had to be killed. */
async function superviseJest(args, results) {
  const printer = resolve('tools/test/print-open-handles.cjs');
  const command = ['--require', printer, jest, ...args];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'inherit', 'inherit'] });
  let ended = false;
  const exit = new Promise((done) => {
    child.on('exit', (code) => {
      ended = true;
      done(code ?? undefined);
    });
  });
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  let written = 0;
  while (!ended && (!written || performance.now() < written + endMs)) {
    if (!written && existsSync(results)) written = performance.now();
    await Promise.race([exit, sleep(200)]);
  }
  if (!ended) {
    console.error(`Tests have ended, but jest is still running after ${endMs / 1000} s: something was left open.`);
    child.kill('SIGUSR2');
    await Promise.race([exit, sleep(1000)]);
    child.kill('SIGKILL');
  }
  process.off('SIGINT', pass).off('SIGTERM', pass);
  return exit;
}

function readTotals(file) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
