import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, howItEnded, type Log, type Running, tail } from './process';

/** A run this long is no quick death: the count of those starts anew. */
const steadyMs = 30_000;
const mostQuickDeaths = 5;

export interface Supervision {
  log: Log;
  /** Called once, when the program has ended too often. */
  giveUp(reason: string): void;
  /** Before the first restart; doubles with each that follows. */
  firstPauseMs?: number;
}

/**
 * Starts a program and, whenever it ends by itself, starts it again, after a pause.
 * @returns a function that stops it for good
 * @throws what the first start throws
 */
export async function supervise<T extends Running>(
  name: string,
  start: () => Promise<T>,
  { log, giveUp, firstPauseMs = 250 }: Supervision,
): Promise<{ first: T; stop(): Promise<void> }> {
  const stopping = new AbortController();
  const first = await start();
  let running: T = first;

  /** Resolves to whether the start worked. One that did not is a quick death like others: it may have been killed meanwhile. */
  async function startAgain(): Promise<boolean> {
    try {
      running = await start();
      return true;
    } catch (error) {
      log(`${name} did not start: ${(error as Error).message}`);
      return false;
    }
  }

  async function reportEnd(): Promise<void> {
    log(`${name} ended unexpectedly (${howItEnded(running.process)}); its log is ${running.log}`);
    // Whoever was killed has nothing to say about it.
    if (running.process.exitCode) log(await tail(running.log));
  }

  async function keepUp(): Promise<void> {
    let [isUp, startedAt] = [true, performance.now()];
    for (let quick = 1; ; quick++) {
      if (isUp && !hasEnded(running.process)) await once(running.process, 'exit');
      if (stopping.signal.aborted) return;
      if (performance.now() - startedAt > steadyMs) quick = 1;
      const pauseMs = firstPauseMs * 2 ** (quick - 1);
      if (isUp) await reportEnd();
      if (quick > mostQuickDeaths) return giveUp(`${name} ended ${quick} times in a row`);
      log(`starting ${name} again in ${pauseMs / 1000} s`);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      startedAt = performance.now();
      isUp = await startAgain();
      if (stopping.signal.aborted) await running.stop();
    }
  }

  const kept = keepUp().catch((error: Error) => giveUp(error.message));
  const stop = async () => {
    stopping.abort();
    await running.stop();
    await kept;
  };
  return { first, stop };
}
