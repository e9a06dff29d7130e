import type { AddressInfo } from 'node:net';
import { openOperationsServer } from '../shared/health/operations-server';
import { loadConfig } from '../shared/platform/config';
import { listen } from '../shared/platform/listen';
import { printConfigOr } from '../shared/platform/print-config';
import { runProcess } from '../shared/platform/run-process';
import { stopOnSignal } from '../shared/platform/stop-on-signal';
import { createApp } from './app';
import { openApiContext } from './context';
import { createHttpServer, finishRequests } from './http/server';

/** Entry of an API process. Finishes the requests in flight on SIGTERM and SIGINT, then exits. `--print-config` only shows the settings. */
async function main(): Promise<void> {
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
  await listen(server, 'PORT', config.PORT, config.HOST);
  logger.info({ host: config.HOST, port: (server.address() as AddressInfo).port }, 'listening');
  stopOnSignal(context, () => {
    outcomes.release();
    eventStreams.close();
    return finishRequests(server);
  });
}

printConfigOr(() => runProcess('api', main));
