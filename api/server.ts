import type { Server } from 'node:http';
import { ConfigError, loadConfig } from '../shared/platform/config';
import { type ApiContext, openApiContext } from './api-context';
import { createApp } from './app';

const shutdownMs = 10_000;

async function main(): Promise<void> {
  const context = await openApiContext(loadConfig(process.env));
  const { config, logger } = context;
  const server = await listen(context);
  const stop = (signal: NodeJS.Signals) => {
    logger.info({ signal }, 'stopping');
    void shutDown(context, server).finally(() => process.exit());
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  logger.info({ host: config.HOST, port: config.PORT }, 'listening');
}

/** Listens as configured; waits for slow clients no longer than is kind. */
function listen(context: ApiContext): Promise<Server> {
  const { config } = context;
  return new Promise((resolve, reject) => {
    const server = createApp(context).listen(config.PORT, config.HOST, (error?: Error) =>
      error ? reject(error) : resolve(server),
    );
    server.requestTimeout = 15_000;
    server.headersTimeout = 10_000;
    // Longer than load balancers keep an idle connection, so that they are the ones to close it.
    server.keepAliveTimeout = 75_000;
  });
}

/** Takes no new connection, finishes the requests at work, then closes the stores. */
async function shutDown({ lifecycle }: ApiContext, server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const deadline = setTimeout(() => server.closeAllConnections(), shutdownMs);
  await closed;
  clearTimeout(deadline);
  await lifecycle.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : error}\n`);
  process.exit(1);
});
