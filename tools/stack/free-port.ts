import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/**
 * A free port of 127.0.0.1: the one asked for, else the one this folder's store had last time (so that addresses stay
 * the same over restarts), else any. Remembered in the folder.
 * @throws Error when the port asked for is taken
 */
export async function portFor(folder: string, asked?: number): Promise<number> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'port');
  const last = Number(await readFile(file, 'utf8').catch(() => '0'));
  const port = asked ?? (await freePort(last).catch(() => freePort(0)));
  if (asked) await freePort(asked);
  await writeFile(file, String(port));
  return port;
}

/** Asks the system for a port of `host`; 0 means any. Throws EADDRINUSE when it is taken. */
export function freePort(port: number, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
