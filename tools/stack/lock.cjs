// Plain JavaScript, since it also runs before anything is installed or built.
const { rmSync, statSync } = require('node:fs');
const { connect, createServer } = require('node:net');
const { setTimeout: sleep } = require('node:timers/promises');

/**
 * Takes a lock that its holder can't leave behind: a listening socket, which the system closes with its process. Waits
 * for another holder to be gone, unless `onTaken` throws. `path` is relative, since socket paths are limited to about
 * 100 characters.
 * @param {string} path
 * @param {(holder: string) => void} onTaken called once if another process has it, with what that one says about itself
 * @param {string} [about] what another process reads there
 * @returns {Promise<() => void>} gives the lock back
 */
async function takeLock(path, onTaken, about = '') {
  for (let waited = false; ; ) {
    const release = await listen(path, about);
    if (release) return release;
    const file = inode(path);
    const onHolder = (holder) => {
      if (!waited) onTaken(holder);
      waited = true;
    };
    if (await untilGone(path, onHolder)) continue;
    // A killed holder left its file. A holder that is just closing looks the same for a moment, hence the second try.
    await sleep(100);
    if (file === inode(path) && !(await untilGone(path, onHolder))) rmSync(path, { force: true });
  }
}

/** Resolves to the way to release it, or to nothing when another process listens or has left the file. */
function listen(path, about) {
  const waiting = new Set();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => waiting.delete(socket));
    socket.write(`${about}\n`);
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

/** Resolves to true once the holder is gone, to false at once when there is none; rejects with what `onHolder` throws. */
function untilGone(path, onHolder) {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(path);
    socket.on('data', (data) => {
      said += data;
      if (!said.endsWith('\n')) return;
      try {
        onHolder(said.trim());
      } catch (error) {
        reject(error);
        socket.destroy();
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(said !== ''));
  });
}

function inode(path) {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

module.exports = { takeLock };
