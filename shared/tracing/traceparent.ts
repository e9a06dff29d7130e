import type { Traceparent } from './types';

/** The part of OpenTelemetry's SpanContext that travels. */
interface SpanContext {
  traceId: string;
  spanId: string;
  traceFlags: number;
  isRemote?: boolean;
}

const form = /^00-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})$/;

/** Null for anything but a valid one: it may come from a client. */
export function fromTraceparent(text: string): SpanContext | null {
  const [, traceId, spanId, flags] = form.exec(text) ?? [];
  return traceId && spanId && flags
    ? { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
    : null;
}

export function toTraceparent({ traceId, spanId, traceFlags }: SpanContext): Traceparent {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** For log lines. */
export function traceIdOf(traceparent: Traceparent | undefined): string | undefined {
  return traceparent?.slice(3, 35);
}
