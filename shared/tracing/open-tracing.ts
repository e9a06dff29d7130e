import { type Config, ConfigError } from '../platform/config';
import type { Lifecycle } from '../platform/lifecycle';
import type { Tracing } from './types';

/**
 * Null when tracing is off.
 * @throws ConfigError when it is on and its packages, which are optional, are not installed
 */
export function openTracing(config: Config, name: string, lifecycle: Lifecycle): Tracing | null {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return null;
  try {
    // Not imported above: nothing of OpenTelemetry may be loaded when it is off.
    const { createTracing }: typeof import('./otel') = require('./otel');
    return createTracing(endpoint, name, lifecycle);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    const remedy = 'npm install --include=optional';
    throw new ConfigError(
      `OTEL_EXPORTER_OTLP_ENDPOINT is set, but the packages for tracing are not installed: ${remedy}`,
    );
  }
}
