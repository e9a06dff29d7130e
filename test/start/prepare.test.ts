import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../shared/platform/project-root';
import { until } from '../helpers/until';
import { isAlive } from '../stores/is-alive';

const prepare = join(projectRoot, 'tools/prepare');
const started: ChildProcess[] = [];

/** Plain Node, in a process group of its own, as in a terminal. */
function run(module: string, cwd = projectRoot): ChildProcess {
  const options = { cwd, detached: true, stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'] };
  const child = spawn(process.execPath, ['--input-type=module', '-e', module], options);
  started.push(child);
  return child;
}

const firstLine = async ({ stdout }: ChildProcess) => {
  for await (const line of createInterface({ input: stdout ?? process.stdin })) return line;
  throw new Error('it said nothing');
};

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** An install or a build that takes its time, and prints its process id. */
const install = `
import { runShown } from '${prepare}/step.mjs';
await runShown(process.execPath, ['-e', 'console.log(process.pid); setInterval(() => 0, 1000)']);
console.log('went on');`;

test('Ctrl-C during an install ends the install first, and then the command', async () => {
  const command = run(install);
  const pid = Number(await firstLine(command));
  expect(isAlive(pid)).toBe(true);
  process.kill(-(command.pid ?? 0), 'SIGINT');
  const [code] = await once(command, 'exit');
  expect(isAlive(pid)).toBe(false);
  expect(code).toBe(130);
});

test('an install ends with its command, also when that is killed with SIGKILL', async () => {
  const command = run(install);
  const pid = Number(await firstLine(command));
  command.kill('SIGKILL');
  await until('the install has ended', () => !isAlive(pid), 12_000);
});

test('half of an install is recognised', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-install-'));
  const lock = JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } });
  const isInstalled = () =>
    firstLine(run(`import { isInstalled } from '${prepare}/install.mjs'; console.log(isInstalled());`, folder));
  try {
    await writeFile(join(folder, 'package-lock.json'), lock);
    await mkdir(join(folder, 'node_modules/a'), { recursive: true });
    expect(await isInstalled()).toBe('false');
    await writeFile(join(folder, 'node_modules/.package-lock.json'), lock);
    expect(await isInstalled()).toBe('false');
    await writeFile(join(folder, 'node_modules/a/package.json'), '{}');
    expect(await isInstalled()).toBe('true');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
