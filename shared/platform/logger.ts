import pino, { type Logger } from 'pino';

export type { Logger };

/** Header and field names that never reach a log line. */
const secrets = ['authorization', 'queue-token', 'idempotency-key', 'cookie', 'token', 'password', 'secret'];

/**
 * JSON lines on stdout. Levels: `error` needs a person; `warn` healed by itself but is a sign of trouble; `info` is a change
 * of state (start, take-over, stop); `debug` is per request or per batch. Ids are always named the same: `requestId`,
 * `user`, `command` (which is the job's id too), `lane`, `worker`, `epoch`.
 * @param onLine called with the level of every line that is written
 */
export function createLogger(name: string, level: string, onLine: (level: string) => void = () => undefined): Logger {
  return pino({
    name,
    level,
    serializers: { error: errorFields, cause: errorFields },
    redact: { paths: secrets.flatMap((s) => [`["${s}"]`, `*["${s}"]`, `*.*["${s}"]`]), censor: '[redacted]' },
    hooks: {
      logMethod(args, method, number) {
        onLine(pino.levels.labels[number] ?? String(number));
        method.apply(this, args);
      },
    },
  });
}

/** How deep a chain of causes is followed. */
const deepestCause = 3;

/** No more of an error than this: those of drivers carry whole documents and connection settings along. */
function errorFields(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return {
    ...{ type: name, message, stack },
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(cause !== undefined && depth < deepestCause && { cause: errorFields(cause, depth + 1) }),
  };
}
