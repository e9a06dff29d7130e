import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Running } from '../../tools/stack/process';
import { supervise } from '../../tools/stack/supervise';
import { until } from '../helpers/until';
import { isAlive } from '../stores/is-alive';

let folder: string;
let said: string[];
let gaveUp: string[];
let runs: Running[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-supervise-'));
  [said, gaveUp, runs] = [[], [], []];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const supervision = {
  log: (line: string) => void said.push(line),
  giveUp: (reason: string) => void gaveUp.push(reason),
};

/** Starts `node -e script` and remembers it. */
async function run(script: string): Promise<Running> {
  const program = { name: 'api', command: process.execPath, args: ['-e', script], folder, stopMs: 5000 };
  const running = await launch({ ...program, ready: async () => true });
  runs.push(running);
  return running;
}

test('a program that is killed is started again, and stop ends it for good', async () => {
  const { stop } = await supervise('api', () => run('setInterval(() => 0, 1000)'), supervision);
  runs[0]?.process.kill('SIGKILL');
  await until('second run', () => runs.length === 2);
  expect(said.join('\n')).toMatch(/api ended unexpectedly \(SIGKILL\).*starting api again in 0\.25 s/s);
  await stop();
  expect(runs.map(({ process }) => isAlive(process.pid))).toEqual([false, false]);
  expect(gaveUp).toEqual([]);
});

test('a program that ends again and again is given up, with what it said', async () => {
  const failing = () => run("setTimeout(() => { console.log('no such setting'); process.exit(7) }, 50)");
  const { stop } = await supervise('api', failing, { ...supervision, firstPauseMs: 1 });
  await until('given up', () => gaveUp.length > 0);
  expect(gaveUp).toEqual(['api ended 6 times in a row']);
  expect(runs).toHaveLength(6);
  expect(said.join('\n')).toContain('api ended unexpectedly (exit code 7)');
  expect(said.join('\n')).toContain('no such setting');
  await stop();
});

test('a program that dies while it is being started again is a quick death, not the end of everything', async () => {
  let starts = 0;
  const start = async () => {
    starts += 1;
    if (starts === 2) throw new Error('killed before it was ready');
    return run('setInterval(() => 0, 1000)');
  };
  const { stop } = await supervise('api', start, { ...supervision, firstPauseMs: 1 });
  runs[0]?.process.kill('SIGKILL');
  await until('third start', () => runs.length === 2);
  expect([starts, gaveUp]).toEqual([3, []]);
  expect(said.join('\n')).toContain('api did not start: killed before it was ready');
  await stop();
  expect(runs.map(({ process }) => isAlive(process.pid))).toEqual([false, false]);
});

test('stop during the pause before a restart starts nothing more', async () => {
  const { stop } = await supervise('api', () => run('setInterval(() => 0, 1000)'), {
    ...supervision,
    firstPauseMs: 60_000,
  });
  runs[0]?.process.kill('SIGKILL');
  await until('pause', () => said.some((line) => line.includes('again in 60 s')));
  await stop();
  expect(runs).toHaveLength(1);
});
