import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { openOperationsServer } from '../shared/health/operations-server';
import { ConfigError, loadConfig } from '../shared/platform/config';
import { printableConfig } from '../shared/platform/print-config';
import { stopOnSignal } from '../shared/platform/stop-on-signal';
import { createApp } from './app';
import { openApiContext } from './context';
import { createHttpServer, finishRequests } from './http/server';

/** Entry of an API process. Finishes the requests in flight on SIGTERM and SIGINT, then exits. `--print-config` only shows the settings. */
async function main(): Promise<void> {
  if (process.argv.includes('--print-config')) return void process.stdout.write(printableConfig(process.env));
  const context = await openApiContext(loadConfig(process.env));
  const { config, logger, outcomes, eventStreams } = context;
  const moved = [config.BOARD, config.DOCS, config.PAGES].includes('operations');
  await openOperationsServer(
    context,
    context.readiness,
    undefined,
    moved ? createApp(context, 'operations') : undefined,
  );
  const server = createHttpServer(createApp(context), context);
  await once(server.listen(config.PORT, config.HOST), 'listening');
  logger.info({ host: config.HOST, port: (server.address() as AddressInfo).port }, 'listening');
  stopOnSignal(context, () => {
    outcomes.release();
    eventStreams.close();
    return finishRequests(server);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : error}\n`);
  process.exit(1);
});
