import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { claim } from '../../tools/dev/start/claim';
import { until } from '../helpers/until';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-claim-'));
  path = relative('.', join(folder, 'start.sock'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('a second claim is told about the first; after its release the folder is free', async () => {
  const release = await claim(path, 'process 1 is running');
  await expect(claim(path, 'process 2')).rejects.toThrow('process 1 is running');
  release();
  const again = await claim(path, 'process 2');
  again();
});

test('what a killed process left does not stand in the way', async () => {
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)})`;
  const holder = spawn(process.execPath, ['-e', script]);
  await until('socket file', () => stat(path).catch(() => undefined));
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect((await stat(path)).isSocket()).toBe(true);
  const release = await claim(path, 'a new process');
  await expect(claim(path, 'another')).rejects.toThrow('a new process');
  release();
});
