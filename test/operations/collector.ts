import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as OTLP over HTTP carries it in JSON, with attributes as a plain record. */
export interface CollectedSpan {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  links: { traceId: string; spanId: string }[];
  attributes: Record<string, unknown>;
  /** ms since 1970 */
  start: number;
  end: number;
}

export interface Collector {
  endpoint: string;
  spans: CollectedSpan[];
  close(): Promise<void>;
}

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}

type OtlpSpan = Omit<CollectedSpan, 'service' | 'links' | 'attributes' | 'start' | 'end'> & {
  links?: CollectedSpan['links'];
  attributes?: Attribute[];
  startTimeUnixNano: string;
  endTimeUnixNano: string;
};

interface Export {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

/** Takes traces as a collector of OpenTelemetry does, on a port of its own. */
export async function openCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      if (request.url === '/v1/traces') spans.push(...read(body as Export));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function read({ resourceSpans }: Export): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(plain(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ links = [], attributes = [], startTimeUnixNano, endTimeUnixNano, ...span }) => ({
        ...span,
        service,
        links,
        attributes: plain(attributes),
        start: Number(BigInt(startTimeUnixNano) / 1_000_000n),
        end: Number(BigInt(endTimeUnixNano) / 1_000_000n),
      })),
    );
  });
}

function plain(attributes: Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
