import { constants } from 'node:os';
import { hasEnded, spawnGuarded, stopChild } from '../stack/guarded-child.cjs';

/** How long a program has to end once it is asked to. */
const stopMs = 10_000;

/**
 * Runs a program with its output shown; resolves to whether it ended well. It ends with this process, however that ends,
 * and a signal to this process ends it first: half of an install must not go on unseen.
 */
export function runShown(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawnGuarded(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    let stopping = false;
    const stop = async (signal) => {
      stopping = true;
      await stopChild(child, 'SIGTERM', stopMs);
      process.exit(128 + constants.signals[signal]);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.once(signal, stop);
    const end = (good) => {
      if (stopping) return;
      for (const signal of signals) process.off(signal, stop);
      resolve(good);
    };
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      if (hasEnded(child)) end(false);
    });
    child.on('exit', (code) => end(code === 0));
  });
}

/** Prints what is being done, does it, and prints how long it took. Resolves to whether it went well. */
export async function step(doing, work) {
  console.error(`> ${doing} ...`);
  const start = performance.now();
  const good = await work();
  console.error(`> ${doing}: ${good ? 'done' : 'FAILED'} after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return good;
}
