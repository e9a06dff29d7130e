import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { transform } from '@swc/core';
import { projectRoot } from '../../shared/platform/project-root';
import { stopChild } from '../../tools/stack/process';
import { findMongod, findRedisServer } from '../../tools/stack/stores/find-store';
import { until } from '../helpers/until';
import { isAlive } from './is-alive';

interface Pids {
  mongod: number;
  redis: number;
}

const parentScript = `
const { startMongod } = require('./stores/mongod');
const { startRedisServer } = require('./stores/redis-server');
process.on('SIGINT', () => console.log('"SIGINT"'));
const [mongod, redis, folder] = process.argv.slice(2);
Promise.all([
  startMongod({ binary: mongod, folder: folder + '/mongod', cacheGb: 0.25 }),
  startRedisServer({ binary: redis, folder: folder + '/redis' }),
]).then(([a, b]) => console.log(JSON.stringify({ mongod: a.process.pid, redis: b.process.pid })));`;

let folder: string;
let parent: ChildProcess;
let lines: AsyncIterator<string>;
let pids: Pids;

/** A process of its own that runs both stores. Plain Node, hence the compiled copy of the code. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-orphans-'));
  const code = join(folder, 'code');
  const source = join(projectRoot, 'tools/stack');
  await mkdir(join(code, 'stores'), { recursive: true });
  await copyFile(join(source, 'guarded-child.cjs'), join(code, 'guarded-child.cjs'));
  for (const name of (await readdir(source, { recursive: true })).filter((each) => each.endsWith('.ts'))) {
    const parser = { syntax: 'typescript' as const };
    const compiled = await transform(await readFile(join(source, name), 'utf8'), {
      jsc: { parser, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    await writeFile(join(code, name.replace('.ts', '.js')), compiled.code);
  }
  await writeFile(join(code, 'parent.js'), parentScript);
  const [mongod, redis] = await Promise.all([findMongod(process.env, silent), findRedisServer(process.env, silent)]);
  parent = spawn(process.execPath, [join(code, 'parent.js'), mongod.path, redis.path, folder], {
    detached: true,
    env: { ...process.env, NODE_PATH: join(projectRoot, 'node_modules') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  lines = createInterface({ input: parent.stdout ?? process.stdin })[Symbol.asyncIterator]();
  pids = await nextLine();
});

afterAll(async () => {
  await stopChild(parent, 'SIGKILL', 1000);
  await rm(folder, { recursive: true, force: true });
});

const silent = () => undefined;
const nextLine = async () => JSON.parse((await lines.next()).value);

test('Ctrl-C in the terminal reaches the parent, not its stores', async () => {
  process.kill(-(parent.pid ?? 0), 'SIGINT');
  expect(await nextLine()).toBe('SIGINT');
  expect(isAlive(pids.mongod)).toBe(true);
  expect(isAlive(pids.redis)).toBe(true);
});

test('a parent killed with SIGKILL takes its stores with it', async () => {
  parent.kill('SIGKILL');
  await until('stores gone', () => !isAlive(pids.mongod) && !isAlive(pids.redis), 12_000);
});
