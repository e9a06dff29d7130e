import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-leaks-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs one test file with this project's jest settings, without stores. */
async function runTestFile(body: string): Promise<{ code: number; output: string }> {
  await writeFile(join(folder, 'a.test.js'), `test('a', async () => { ${body} });`);
  const config = { ...require('../../jest.config.cjs'), globalSetup: undefined, globalTeardown: undefined };
  const settings = JSON.stringify({ ...config, roots: [folder], testMatch: ['**/*.test.js'] });
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  return new Promise((resolve) => {
    const args = [jest, '--config', settings.replaceAll('<rootDir>', projectRoot)];
    const child = execFile(process.execPath, args, { cwd: projectRoot }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
}

test('a test file that leaves a timer or a server fails, naming it', async () => {
  const body = "setInterval(() => 0, 1000); require('node:net').createServer().listen(0, '127.0.0.1');";
  const { code, output } = await runTestFile(body);
  expect(output).toContain('Left open by this file: ');
  expect(output).toContain('1 x Timeout');
  expect(output).toMatch(/server listening on .*127\.0\.0\.1/);
  expect(code).toBe(1);
});

test('a test file that closes what it opened passes', async () => {
  const body = "const server = require('node:net').createServer().listen(0); server.close(); await fetch('data:,a');";
  const { code, output } = await runTestFile(body);
  expect(output).toContain('1 passed');
  expect(code).toBe(0);
});
