import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';

/**
 * Makes sure that one process at a time works in a folder: listens on a socket file, which the system closes with the
 * process, however it ends. `path` is relative, since socket paths are limited to about 100 characters.
 * @param about what a second process is told
 * @returns a function that gives the folder back
 * @throws Error with what the first process says about itself
 */
export async function claim(path: string, about: string): Promise<() => void> {
  const release = await listen(path, about);
  if (release) return release;
  const holder = await ask(path);
  if (holder !== undefined) throw new Error(holder);
  await rm(path, { force: true });
  const second = await listen(path, about);
  if (!second) throw new Error('Frontrow is being started from this folder by another process.');
  return second;
}

function listen(path: string, about: string): Promise<(() => void) | undefined> {
  const server = createServer((socket) => socket.on('error', () => undefined).end(about));
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => resolve(() => server.close()));
  });
}

/** Nothing when nobody answers: the file was left by a process that was killed. */
function ask(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(path);
    socket.on('data', (data) => {
      said += data;
    });
    socket.on('end', () => resolve(said));
    socket.on('error', () => resolve(undefined));
  });
}
