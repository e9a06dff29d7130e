import { execFile } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { endWithUs, type Log } from '../process';

const script =
  "require('mongodb-memory-server').MongoBinary.getPath({ downloadDir: process.argv[1] })" +
  ".then((path) => console.log('at ' + path), (error) => { console.error(error.message); process.exit(1) })";

/** Milliseconds without a new byte after which the download counts as refused. */
const stallMs = 15_000;

const reportBytes = 20e6;

/**
 * Lets mongodb-memory-server download its mongod into `folder`. Runs in a process of its own, since the library has no
 * way to be stopped: a network that swallows packets costs `stallMs`, one that refuses costs nothing.
 * @returns the program's path
 */
export async function downloadMongod(folder: string, env: NodeJS.ProcessEnv, log: Log): Promise<string> {
  await mkdir(folder, { recursive: true });
  log('asking mongodb-memory-server to download mongod ...');
  // Without strict_ssl the library would take the file from anyone who answers.
  const settings = { npm_config_strict_ssl: 'true', MONGOMS_MD5_CHECK: 'true', MONGOMS_MAX_RETRIES: '1' };
  return new Promise((resolve, reject) => {
    const options = { cwd: __dirname, env: { ...env, ...settings } };
    const child = execFile(process.execPath, ['-e', script, folder], options, (error, stdout, stderr) => {
      clearInterval(watch);
      const path = /^at (.+)$/m.exec(stdout)?.[1];
      if (!error && path) resolve(path);
      else reject(new Error(stalled || stderr.trim().split('\n').at(-1) || `ended with ${error?.message}`));
    });
    endWithUs(child);
    let stalled = '';
    let seen = { bytes: 0, at: performance.now() };
    let reported = 0;
    const watch = setInterval(async () => {
      const bytes = await bytesIn(folder);
      if (bytes > reported + reportBytes) {
        reported = bytes;
        log(`mongod: ${Math.round(bytes / 1e6)} MB so far ...`);
      }
      if (bytes !== seen.bytes) seen = { bytes, at: performance.now() };
      if (performance.now() - seen.at < stallMs) return;
      stalled = `nothing arrived for ${stallMs / 1000} s`;
      child.kill('SIGKILL');
    }, 500);
  });
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (file) => file.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
