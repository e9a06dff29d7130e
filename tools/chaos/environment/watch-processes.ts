import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { native } from '../../../shared/models';
import type { Environment } from './environment';

const run = promisify(execFile);

interface Watched {
  /** Age of the oldest command that was due and unfinished, at most. */
  oldestMs: number;
  /** Memory of each process at most, such as `api-1 120, worker-1 95`, MB. */
  memory: string;
  /** The most memory of any process after the first third of the time, as a multiple of its most before. */
  growth: number;
}

const lookMs = 1000;

/** Looks once a second at the memory of all processes and at the oldest unfinished command. */
export function watchProcesses({ models, apis, workers }: Environment): { stop(): Promise<Watched> } {
  const sizes = new Map<string, number[]>();
  let oldestMs = 0;

  async function look(): Promise<void> {
    const oldest = await native(models, 'commands').findOne(
      { status: 'accepted', kind: { $ne: 'hold.expire' } },
      { sort: { dueAt: 1 }, projection: { dueAt: 1 } },
    );
    if (oldest) oldestMs = Math.max(oldestMs, Date.now() - oldest.dueAt.getTime());
    for (const kept of [...apis, ...workers]) {
      const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(kept.pid())]);
      const all = sizes.get(kept.name) ?? [];
      sizes.set(kept.name, [...all, Number(stdout) / 1024]);
    }
  }

  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => undefined);
  }, lookMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      const memory = Array.from(sizes, ([name, all]) => `${name} ${Math.round(Math.max(...all))}`).join(', ');
      return { oldestMs, memory, growth: Math.max(0, ...Array.from(sizes.values(), grownBy)) };
    },
  };
}

function grownBy(sizes: readonly number[]): number {
  const third = Math.ceil(sizes.length / 3);
  return Math.max(...sizes.slice(third)) / Math.max(...sizes.slice(0, third));
}
