import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Gauge } from 'prom-client';
import type { Context } from '../context';
import { addStoreNumbers } from '../metrics/store-numbers';
import { listen } from '../platform/listen';
import type { Readiness } from './readiness';

/**
 * Serves `/metrics`, `/livez` and `/readyz` on a port of their own, away from the public.
 * @param port 0 takes any free one
 * @param others serves whatever else is asked for there
 * @returns the port; nothing is served, and -1 returned, when METRICS_PORT is 0 and no port is given
 */
export async function openOperationsServer(
  context: Context,
  readiness: Readiness,
  port: number | undefined = context.config.METRICS_PORT || undefined,
  others?: RequestListener,
): Promise<number> {
  if (port === undefined) return -1;
  const { metrics, config, lifecycle } = context;
  collectDefaultMetrics({ register: metrics.registry });
  addStoreNumbers(context);
  addReady(context, readiness);
  const pages: Record<string, (response: ServerResponse) => Promise<void>> = {
    '/livez': async (response) => send(response, 200, { status: 'ok' }),
    '/readyz': async (response) => {
      const missing = await readiness();
      const ready = Object.keys(missing).length === 0;
      send(response, ready ? 200 : 503, ready ? { status: 'ok' } : { status: 'not ready', missing });
    },
    '/metrics': async (response) => {
      const text = await metrics.registry.metrics();
      response.writeHead(200, { 'Content-Type': metrics.registry.contentType }).end(text);
    },
  };
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (!page) return others ? others(request, response) : send(response, 404, { status: 'not found' });
    page(response).catch((error: unknown) => {
      context.logger.warn({ error, path: request.url }, 'operations page not served');
      send(response, 500, { status: 'failed' });
    });
  });
  await listen(server, 'METRICS_PORT', port, config.HOST);
  lifecycle.onClose('operations server', () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** So that one look at the dashboard shows which process is not ready, and why. */
function addReady({ metrics }: Context, readiness: Readiness): void {
  const gauge: Gauge<'missing'> = new Gauge({
    name: 'frontrow_not_ready',
    help: '1 for each thing that the process lacks to do its work; none when it is ready',
    labelNames: ['missing'],
    registers: [metrics.registry],
    async collect() {
      const missing = await readiness();
      gauge.reset();
      for (const name of Object.keys(missing)) gauge.set({ missing: name }, 1);
    },
  });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
