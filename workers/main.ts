import { openContext } from '../shared/context';
import { ConfigError, loadConfig } from '../shared/platform/config';
import { startWorkers } from './start-workers';

/** Entry of a worker process. Hands its lanes over on SIGTERM and SIGINT, then exits. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const context = await openContext(config, 'workers');
  const workers = await startWorkers(context);
  context.lifecycle.onClose('workers', () => workers.stop());
  context.logger.info('carrying out commands');

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    context.logger.info({ signal }, 'stopping');
    void context.lifecycle.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error)}\n`);
  process.exit(1);
});
