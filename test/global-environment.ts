import { setTimeout as sleep } from 'node:timers/promises';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';
import { describeOpen, leftOpen, openResources } from './open-resources';

/** How long sockets and processes that are being closed have, after a file's last hook, to be gone. */
const settleMs = 5000;

/** Timers that earlier files of this process left; each was reported once. */
let timersLeft = 0;

/**
 * Fails a test file that leaves something open: a timer, a socket, a server, a child process. Jest by itself only warns
 * and ends its worker by force. Jest calls this with `new`; what it returns is the environment.
 */
export default function noLeaksEnvironment(config: JestEnvironmentConfig, context: EnvironmentContext) {
  let before = new Map<string, number>();
  const handleTestEvent = async (event: Circus.Event, state: Circus.State) => {
    if (event.name === 'setup') before = openResources();
    // Jest's own timers come and go, and one could hide one of the file's. A worker process has none at rest.
    if (event.name === 'setup' && process.send) before.set('Timeout', timersLeft);
    if (event.name !== 'run_finish') return;
    const deadline = performance.now() + settleMs;
    while (leftOpen(before).length > 0 && performance.now() < deadline) await sleep(20);
    const left = leftOpen(before);
    timersLeft = openResources().get('Timeout') ?? 0;
    if (left.length > 0) state.unhandledErrors.push(leak(left));
  };
  return Object.assign(new TestEnvironment(config, context), { handleTestEvent });
}

/** Without a stack, which would point at this file. */
function leak(left: string[]): Error {
  const error = new Error(`Left open by this file: ${left.join(', ')}\n${describeOpen()}`);
  error.stack = error.message;
  return error;
}
