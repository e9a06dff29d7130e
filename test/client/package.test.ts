import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const parser = 'eventsource-parser';

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
  cpSync(join(projectRoot, 'node_modules', parser), join(app, 'node_modules', parser), { recursive: true });
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
    "const balance: number = (await client.holds.pay('hold_1')).balance;",
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

test('its one dependency is the version that the repository is tested with, and it is small', () => {
  const read = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { dependencies, peerDependencies = {} } = read(installed);
  const version = read(projectRoot).devDependencies[parser];
  expect([dependencies, peerDependencies]).toEqual([{ [parser]: version }, {}]);
  const dist = join(installed, 'dist');
  const modules = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const code = modules.map((name) => minifySync(readFileSync(join(dist, name), 'utf8'), { module: true }).code);
  const bytes = gzipSync(code.join('\n')).length;
  expect(modules).toContain('index.js');
  expect(bytes).toBeLessThan(6000);
});

test('what is published: the compiled modules with their types, README and license, and nothing else', async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: clientFolder });
  const [{ name, version, files }] = JSON.parse(stdout) as [
    { name: string; version: string; files: { path: string }[] },
  ];
  expect([name, version]).toEqual(['frontrow-client', '0.2.0']);
  const others = files.map(({ path }) => path).filter((path) => !/^dist\/[\w/-]+(\.d)?\.(ts|js)$/.test(path));
  expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
});
