import pino, { type Logger } from 'pino';

export type { Logger };

/** Header and field names that never reach a log line. */
const secrets = ['authorization', 'queue-token', 'idempotency-key', 'cookie', 'token', 'password', 'secret'];

/**
 * JSON lines on stdout. Levels: `error` needs a person; `warn` healed by itself but says something; `info` is a change
 * of state (start, take-over, stop); `debug` is per request or per group.
 */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    serializers: { error: pino.stdSerializers.err },
    redact: { paths: secrets.flatMap((s) => [`["${s}"]`, `*["${s}"]`, `*.*["${s}"]`]), censor: '[redacted]' },
  });
}
