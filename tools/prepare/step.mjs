import { spawn } from 'node:child_process';

/** Runs a program with its output shown; resolves to whether it ended well. */
export function runShown(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(false);
    });
    child.on('exit', (code) => resolve(code === 0));
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
