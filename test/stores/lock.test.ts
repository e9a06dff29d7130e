import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { takeLock } from '../../tools/stack/lock.cjs';
import { until } from '../helpers/until';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-lock-'));
  path = relative('.', join(folder, 'lock.sock'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Takes the lock, or fails with what its holder says about itself. */
const claim = (about: string) =>
  takeLock(
    path,
    (holder) => {
      throw new Error(holder);
    },
    about,
  );

test('a second claim is told about the first; after its release the folder is free', async () => {
  const release = await claim('process 1 is running');
  await expect(claim('process 2')).rejects.toThrow('process 1 is running');
  release();
  const again = await claim('process 2');
  again();
});

test('what a killed process left does not stand in the way', async () => {
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)})`;
  const holder = spawn(process.execPath, ['-e', script]);
  await until('socket file', () => stat(path).catch(() => undefined));
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect((await stat(path)).isSocket()).toBe(true);
  const release = await claim('a new process');
  await expect(claim('another')).rejects.toThrow('a new process');
  release();
});

test('of several that wait one after another has it, and each is told once that it waits', async () => {
  const order: number[] = [];
  let waiting = 0;
  const first = await takeLock(path, () => undefined);
  const others = [1, 2, 3].map(async (number) => {
    const release = await takeLock(path, () => {
      waiting += 1;
    });
    order.push(number);
    release();
  });
  await until('all wait', () => waiting === 3);
  expect(order).toEqual([]);
  first();
  await Promise.all(others);
  expect(order.sort()).toEqual([1, 2, 3]);
  expect(waiting).toBe(3);
});
