import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Lifecycle } from '../platform/lifecycle';
import { monitorStoreCalls } from './store-calls';
import { fromTraceparent, toTraceparent } from './traceparent';
import type { Span, SpanOptions, StoreCall, Traceparent, Tracing } from './types';

const kinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL };

/** What work belongs to: a span; or none yet, and then its calls are collected. */
type Scope = { span: Traceparent } | { calls: StoreCall[] };

/** The one module that knows OpenTelemetry. Its own variables, such as OTEL_TRACES_SAMPLER, are read by its packages. */
export function createTracing(endpoint: string, name: string, lifecycle: Lifecycle): Tracing {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': process.env.OTEL_SERVICE_NAME || `frontrow-${name}` }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })),
    ],
  });
  lifecycle.onClose('tracing', () => provider.shutdown());
  const tracer = provider.getTracer('frontrow');
  const scopes = new AsyncLocalStorage<Scope>();

  const addCalls = (parent: Traceparent, calls: readonly StoreCall[]) => {
    for (const call of calls) addCall(tracer, parent, call);
  };

  return {
    start: (spanName, options) => startSpan(tracer, spanName, options),
    within: ({ traceparent }, work) => scopes.run({ span: traceparent }, work),
    async collect(work) {
      const calls: StoreCall[] = [];
      return { value: await scopes.run({ calls }, work), calls };
    },
    addCalls,
    current() {
      const scope = scopes.getStore();
      return scope && 'span' in scope ? scope.span : undefined;
    },
    monitor(connection) {
      monitorStoreCalls(
        connection,
        (call, scope: Scope) => {
          if ('span' in scope) addCalls(scope.span, [call]);
          else scope.calls.push(call);
        },
        () => scopes.getStore(),
      );
    },
  };
}

function startSpan(tracer: Tracer, name: string, options: SpanOptions = {}): Span {
  const { kind = 'internal', parent, links = [], attributes, startTime } = options;
  const linked = links.flatMap((link) => fromTraceparent(link) ?? []).map((context) => ({ context }));
  const settings = { kind: kinds[kind], attributes, startTime, links: linked };
  const span = tracer.startSpan(name, settings, contextOf(parent));
  return {
    traceparent: toTraceparent(span.spanContext()),
    end({ name: better, attributes: more, error, endTime } = {}) {
      if (better) span.updateName(better);
      if (more) span.setAttributes(more);
      if (error !== undefined)
        span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : '' });
      span.end(endTime);
    },
  };
}

function addCall(
  tracer: Tracer,
  parent: Traceparent,
  { name, attributes, startTime, endTime, failed }: StoreCall,
): void {
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime }, contextOf(parent));
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endTime);
}

function contextOf(parent: Traceparent | undefined): Context {
  const spanContext = parent === undefined ? null : fromTraceparent(parent);
  return spanContext ? trace.setSpanContext(ROOT_CONTEXT, spanContext) : ROOT_CONTEXT;
}
