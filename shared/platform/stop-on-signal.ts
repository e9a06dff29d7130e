import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './config';
import type { Lifecycle } from './lifecycle';
import type { Logger } from './logger';

interface Stopping {
  config: Pick<Config, 'DRAIN_SECONDS' | 'SHUTDOWN_SECONDS'>;
  logger: Logger;
  lifecycle: Lifecycle;
}

/**
 * Ends the process in order at SIGTERM or SIGINT: not ready at once, still serving for DRAIN_SECONDS, then `finish`, then
 * everything is closed. At SHUTDOWN_SECONDS it ends however far it got, with exit status 1. What is cut off then is what
 * a crash would cut off, and loses nothing.
 * @param finish takes nothing new and completes what is in flight
 */
export function stopOnSignal({ config, logger, lifecycle }: Stopping, finish: () => Promise<unknown>): void {
  async function stop(signal: string): Promise<void> {
    // npm passes Ctrl-C on, so that it arrives twice.
    if (lifecycle.stopping) return;
    lifecycle.stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error({ seconds: config.SHUTDOWN_SECONDS }, 'not stopped in time');
      process.exit(1);
    }, config.SHUTDOWN_SECONDS * 1000).unref();
    await sleep(config.DRAIN_SECONDS * 1000);
    await finish().catch((error: unknown) => logger.warn({ error }, 'did not finish in order'));
    await lifecycle.close();
    logger.info('stopped');
    process.exit(0);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}
