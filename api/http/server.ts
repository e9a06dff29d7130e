import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../shared/platform/config';
import type { Lifecycle } from '../../shared/platform/lifecycle';
import { boundConnections, cutSlowReaders } from './connections';
import { oneAtATime } from './pipeline';

/** ms. How long a client may take to send its headers, and a whole request: slower ones are cut off. */
const headersMs = 10_000;
const requestMs = 15_000;
/** ms. Node checks for slow clients only every half minute by itself. */
const checkMs = 1000;
/** ms. Longer than load balancers keep an idle connection, so that they are the ones to close it. */
const idleMs = 75_000;
/** Bytes. Of all headers of a request; more is answered 431. */
const maxHeaderSize = 16 * 1024;

/** An HTTP server that waits for slow clients no longer than is kind, and once it is stopping sends clients elsewhere. */
export function createHttpServer(
  app: RequestListener,
  { lifecycle, config }: { lifecycle: Lifecycle; config: Pick<Config, 'MAX_CONNECTIONS_PER_ADDRESS' | 'TRUST_PROXY'> },
): Server {
  const limits = { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: checkMs };
  const serve: RequestListener = (request, response) => {
    if (lifecycle.stopping) response.setHeader('Connection', 'close');
    app(request, response);
  };
  const server = createServer({ ...limits, keepAliveTimeout: idleMs, maxHeaderSize }, oneAtATime(serve));
  boundConnections(server, config);
  cutSlowReaders(server);
  return server;
}

/** Takes no new connection, and resolves when the requests in flight are answered. */
export async function finishRequests(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  let open = true;
  void closed.then(() => {
    open = false;
  });
  // A connection that falls idle only after its last answer would otherwise be kept for `idleMs`.
  while (open) {
    server.closeIdleConnections();
    await Promise.race([closed, sleep(20)]);
  }
}
