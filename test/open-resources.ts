import { ChildProcess } from 'node:child_process';
import { Server, Socket } from 'node:net';

/** What keeps this process alive, counted by kind: `Timeout`, `TCPSocketWrap`, `ProcessWrap` … */
export function openResources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** What has been added since, such as `2 x Timeout`. */
export function leftOpen(before: Map<string, number>): string[] {
  return [...openResources()]
    .map(([kind, count]) => ({ kind, more: count - (before.get(kind) ?? 0) }))
    .filter(({ more }) => more > 0)
    .map(({ kind, more }) => `${more} x ${kind}`);
}

/** One line for each open handle that can be told apart. Timers have nothing to tell. */
export function describeOpen(): string {
  const { _getActiveHandles } = process as unknown as { _getActiveHandles?: () => unknown[] };
  const handles = _getActiveHandles?.call(process) ?? [];
  return handles.map((handle) => `  ${describe(handle)}`).join('\n');
}

function describe(handle: unknown): string {
  if (handle instanceof ChildProcess) return `child process ${handle.pid}: ${handle.spawnargs.join(' ').slice(0, 120)}`;
  if (handle instanceof Server) return `server listening on ${JSON.stringify(handle.address())}`;
  if (handle instanceof Socket && handle.remotePort) return `socket to ${handle.remoteAddress}:${handle.remotePort}`;
  return handle?.constructor?.name ?? typeof handle;
}
