import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';
import { spawnGuarded } from '../stack/process';

/** Some keep notes of a run in the folder that they are started in. */
const folder = join(projectRoot, '.frontrow');

interface RunOptions {
  /** After so many milliseconds it is ended, and that is a failure. */
  limitMs: number;
  env?: Record<string, string>;
}

/**
 * Runs a program to its end, or to the limit; nothing that it started is left.
 * @returns what it printed
 * @throws Error with what it printed, when it ends with another status than 0
 */
export function runTool(command: string, args: string[], { limitMs, env }: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawnGuarded(command, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', ...env },
    });
    let output = '';
    const add = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout?.on('data', add);
    child.stderr?.on('data', add);
    const end = (why: string) => reject(new Error([output.trim(), why].filter(Boolean).join('\n')));
    const timer = setTimeout(() => {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
      end(`${command} was ended after ${Math.round(limitMs / 1000)} s: it was not done`);
    }, limitMs);
    child.once('error', (error) => end(`${command}: ${error.message}`));
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output.trim());
      else end(`${command} ended with ${signal ?? `status ${code}`}`);
    });
  });
}
