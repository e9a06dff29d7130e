import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Config } from '../../shared/platform/config';
import { projectRoot } from '../../shared/platform/project-root';
import { spawnGuarded } from '../../tools/stack/process';
import { until } from './until';

/** A real process of the product, started from its sources; it ends with the tests. */
export interface Process {
  child: ChildProcess;
  /** All that it wrote so far. */
  output(): string;
  /** Its log lines; what is no JSON is left out. */
  lines(): Record<string, unknown>[];
  /** Resolves when a log line with this message is there. */
  said(message: string): Promise<Record<string, unknown>>;
  /** Waits for the end. @returns its exit status, or the signal that ended it */
  ended(): Promise<number | NodeJS.Signals | null>;
  /** Sends a signal, SIGTERM by default, and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** A process that starts compiles its sources, which a busy machine takes its time for. */
const startMs = 45_000;

/** @param module such as `api/server` */
export function startProcess(module: string, settings: Record<string, string>, args: string[] = []): Process {
  const command = ['--require', join(__dirname, 'register-swc.cjs'), join(projectRoot, `${module}.ts`), ...args];
  const env = { PATH: process.env.PATH, ...settings };
  const child = spawnGuarded(process.execPath, command, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  const closed = once(child, 'close');
  const ended = () => closed.then(() => child.exitCode ?? child.signalCode);
  const lines = () => text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  return {
    child,
    output: () => text,
    lines,
    said: (message) => until(`${module} says '${message}'`, () => said(child, lines(), message, text), startMs),
    ended,
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended();
    },
  };
}

function said(child: ChildProcess, lines: Record<string, unknown>[], message: string, text: string) {
  const line = lines.find(({ msg }) => msg === message);
  if (!line && child.exitCode !== null) throw new Error(`ended with ${child.exitCode}:\n${text}`);
  return line;
}

/** Settings as the environment of a process has them. */
export function environment(config: Config, changes: Record<string, string> = {}): Record<string, string> {
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])), ...changes };
}
