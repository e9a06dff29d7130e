import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { minifySync } from '@swc/core';
import { projectRoot } from '../../shared/platform/project-root';
import { seedDemo } from '../../tools/dev/seed-demo';
import { startWorld, type World } from '../helpers/world';

const run = promisify(execFile);
const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc');
const clientFolder = join(projectRoot, 'client');

let world: World;
let app: string;
let installed: string;
beforeAll(async () => {
  world = await startWorld();
  await seedDemo(world.context);
  // An application that has installed the package.
  app = mkdtempSync(join(tmpdir(), 'frontrow-app-'));
  installed = join(app, 'node_modules/frontrow-client');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'package.json'), readFileSync(join(clientFolder, 'package.json')));
  await run(process.execPath, [tsc, '-p', clientFolder, '--outDir', join(installed, 'dist')]);
});
afterAll(async () => {
  rmSync(app, { recursive: true, force: true });
  await world?.close();
});

test('the example of the README runs against the API, with the package as it is installed', async () => {
  const readme = readFileSync(join(clientFolder, 'README.md'), 'utf8');
  const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  writeFileSync(join(app, 'example.mjs'), example);
  const env = { PATH: process.env.PATH, BASE_URL: world.url };
  const { stdout } = await run(process.execPath, [join(app, 'example.mjs')], { env });
  expect(stdout.split('\n')).toEqual([
    'active null null',
    expect.stringMatching(/^res_\w+ 0$/),
    'use 1500',
    'charge 1500',
    '',
  ]);
});

test('its types hold for an application, and know codes from mistakes', async () => {
  const lines = [
    "import { createClient, hasCode } from 'frontrow-client';",
    "const client = createClient({ baseUrl: '' });",
    "const balance: number = (await client.holds.pay('hold_1', { queueToken: null })).balance;",
    "try { await client.points.use(balance); } catch (error) { hasCode(error, 'POINTS_INSUFFICIENT'); }",
    '// @ts-expect-error: no such code',
    "hasCode(null, 'NO_SUCH_CODE');",
    '// @ts-expect-error: there is a place to fill in',
    "void client.call('GET /v1/holds/{holdId}');",
    'export {};',
  ];
  writeFileSync(join(app, 'app.mts'), lines.join('\n'));
  const compilerOptions = { ...{ noEmit: true, strict: true, types: [], lib: ['es2023', 'dom'] }, module: 'nodenext' };
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['app.mts'] }));
  const { stdout } = await run(process.execPath, [tsc, '-p', app]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
});

test('it has no dependencies, and is small', () => {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  );
  expect([dependencies, peerDependencies]).toEqual([{}, {}]);
  const dist = join(installed, 'dist');
  const modules = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const code = modules.map((name) => minifySync(readFileSync(join(dist, name), 'utf8'), { module: true }).code);
  const bytes = gzipSync(code.join('\n')).length;
  expect(modules).toContain('index.js');
  expect(bytes).toBeLessThan(6000);
});
