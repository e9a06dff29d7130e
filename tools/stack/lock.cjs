import { rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for a lock that its holder can't leave behind: a listening socket, which the system closes with its process.
 * `path` is relative, since socket paths are limited to about 100 characters.
 * @param onWait called once if somebody else has it
 * @returns a function that gives the lock back
 */
export async function holdLock(path, onWait) {
  for (let waited = false; ; waited = true) {
    const release = await listen(path);
    if (release) return release;
    if (!waited) onWait();
    const file = inode(path);
    if (await untilGone(path)) continue;
    // A killed holder left its file. A holder that is just closing looks the same for a moment, hence the second look.
    await sleep(100);
    if (file === inode(path) && !(await untilGone(path))) rmSync(path, { force: true });
  }
}

/** Resolves to the way to release it, or to nothing when somebody else listens or has left the file. */
function listen(path) {
  const waiting = new Set();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => undefined);
  });
  const release = () => {
    server.close();
    for (const socket of waiting) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(path, () => resolve(release));
  });
}

/** Resolves to true once the holder is gone, to false at once when there is none. */
function untilGone(path) {
  return new Promise((resolve) => {
    let connected = false;
    const socket = connect(path, () => {
      connected = true;
    });
    socket.on('error', () => resolve(connected));
    socket.on('close', () => resolve(connected));
  });
}

function inode(path) {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}
