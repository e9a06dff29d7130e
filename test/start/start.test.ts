import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';
import { hasEnded, stopChild } from '../../tools/stack/process';
import { until } from '../helpers/until';

const folders = ['api', 'client', 'workers', 'shared', 'tools', 'web'];
const copied = [...folders, 'package.json', 'package-lock.json', 'tsconfig.json'];
// A build on a busy machine takes its time.
const startMs = 120_000;

let folder: string;
const runs: ChildProcess[] = [];

/** A clone with the packages in place and nothing built. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-start-'));
  for (const name of [...copied, 'tsconfig.build.json'])
    await cp(join(projectRoot, name), join(folder, name), { recursive: true });
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
});

afterAll(async () => {
  await Promise.all(runs.map((run) => stopChild(run, 'SIGTERM', 20_000)));
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  process: ChildProcess;
  output(): string;
}

/** `npm start`, by default without npm. */
function start(env: NodeJS.ProcessEnv = {}, command = [process.execPath, 'tools/run.mjs', 'tools/dev/start']): Run {
  const unset = { MONGODB_URI: '', REDIS_URL: '', NODE_ENV: '', PORT: '0', HOST: '127.0.0.1' };
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...unset, ...env },
  });
  runs.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      output += data;
    });
  return { process: child, output: () => output };
}

async function startedAt(run: Run): Promise<string> {
  const ready = () => hasEnded(run.process) || /^ +API +(\S+)\/v1$/m.test(run.output());
  await until('running', ready, startMs);
  const url = /^ +API +(\S+)\/v1$/m.exec(run.output())?.[1];
  if (!url) throw new Error(run.output());
  return url;
}

async function ended(run: Run): Promise<string> {
  await until('ended', () => hasEnded(run.process), startMs);
  return run.output();
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.destroy());
    socket.on('error', () => resolve(false)).on('close', (failed) => failed || resolve(true));
  });
}

/** Of the API and both stores. */
async function ports(url: string): Promise<number[]> {
  const files = ['mongod', 'redis'].map((store) => readFile(join(folder, '.frontrow', store, 'port'), 'utf8'));
  return [new URL(url).port, ...(await Promise.all(files))].map(Number);
}

const signIn = (url: string) =>
  fetch(`${url}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'ann' }),
  }).then((response) => response.json() as Promise<{ token: string }>);

test(
  'starts from nothing built, stops on Ctrl-C with nothing left, and finds its data again',
  async () => {
    const first = start();
    const url = await startedAt(first);
    expect(await (await fetch(`${url}/v1/concerts`)).json()).toMatchObject({ items: [{ id: 'concert_demo' }, {}, {}] });
    const { token } = await signIn(url);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const charge = { 'idempotency-key': 'first-charge', prefer: 'wait=10' };
    const body = JSON.stringify({ amount: 500 });
    const charged = await fetch(`${url}/v1/points/charges`, {
      method: 'POST',
      headers: { ...headers, ...charge },
      body,
    });
    expect(await charged.json()).toMatchObject({ status: 'done', result: { balance: 500 } });
    expect((await stat(join(folder, '.frontrow/secrets.env'))).mode & 0o777).toBe(0o600);

    expect(await ended(start())).toContain('Frontrow is already running from this folder');
    first.process.kill('SIGINT');
    expect(await ended(first)).toContain('SIGINT: stopping the API, then the workers, then the stores');
    expect(first.process.exitCode).toBe(0);
    for (const port of await ports(url)) expect(await isListening(port)).toBe(false);

    const second = start();
    const again = await startedAt(second);
    expect(second.output()).not.toContain('Building');
    expect(await (await fetch(`${again}/v1/points`, { headers })).json()).toEqual({ balance: 500 });
    second.process.kill('SIGTERM');
    await ended(second);
    for (const port of await ports(again)) expect(await isListening(port)).toBe(false);

    const byNpm = start({}, ['npm', 'start']);
    const third = await ports(await startedAt(byNpm));
    byNpm.process.kill('SIGKILL');
    for (const port of third) await until('everything has ended', async () => !(await isListening(port)), 30_000);
  },
  3 * startMs,
);

test(
  'a port that is taken: says which variable to set',
  async () => {
    const taken = new URL(process.env.TEST_REDIS_URL ?? '').port;
    expect(await ended(start({ PORT: taken }))).toMatch(
      `Can't listen on port ${taken} of 127.0.0.1: another program uses it`,
    );
  },
  startMs,
);

test(
  'a store of the environment that does not answer: says which variable is wrong',
  async () => {
    const output = await ended(start({ MONGODB_URI: 'mongodb://127.0.0.1:1/frontrow' }));
    expect(output).toContain('The store of MONGODB_URI does not answer');
  },
  startMs,
);

test(
  'a wrong setting is named before anything is started',
  async () => {
    const output = await ended(start({ HOLD_SECONDS: 'soon' }));
    expect(output).toMatch(/HOLD_SECONDS: /);
    expect(output).not.toContain('mongod');
  },
  startMs,
);
