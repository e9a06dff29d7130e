import type { Connection } from 'mongoose';

/** W3C trace context, version 00: `00-<trace id>-<span id>-<flags>`. */
export type Traceparent = string;

type Attributes = Record<string, string | number | boolean>;

export interface SpanOptions {
  kind?: 'server' | 'consumer' | 'internal';
  /** Without one a new trace begins. */
  parent?: Traceparent;
  links?: Traceparent[];
  attributes?: Attributes;
  /** ms since 1970 by this machine's clock; now by default. */
  startTime?: number;
}

export interface Span {
  traceparent: Traceparent;
  /** @param error marks the span as failed */
  end(more?: { name?: string; attributes?: Attributes; error?: unknown; endTime?: number }): void;
}

/** A call to MongoDB. */
export interface StoreCall {
  name: string;
  attributes: Attributes;
  startTime: number;
  endTime: number;
  failed: boolean;
}

/**
 * Traces of requests and commands. Spans are made by hand at the few places that matter, with no patching of libraries:
 * nothing of it is loaded unless OTEL_EXPORTER_OTLP_ENDPOINT is set.
 */
export interface Tracing {
  start(name: string, options?: SpanOptions): Span;
  /** Does work within a span: its calls to MongoDB become child spans. */
  within<T>(span: Span, work: () => T): T;
  /** Does work whose span is not known yet, and returns its calls to MongoDB. */
  collect<T>(work: () => Promise<T>): Promise<{ value: T; calls: StoreCall[] }>;
  /** Adds the spans of calls that were collected. */
  addCalls(parent: Traceparent, calls: readonly StoreCall[]): void;
  /** Of the span that the current work belongs to. */
  current(): Traceparent | undefined;
  /** Traces the calls over this connection, which must have been opened with `monitorCommands`. */
  monitor(connection: Connection): void;
}
