import { loadConfig } from './config';
import { configSchema } from './config-schema';

/** Settings of which nothing is shown but that they are set. */
const secretName = /SECRET|PASSWORD/;
const mask = '********';

/**
 * Every setting as the process would use it, one `NAME=value` a line, secrets and passwords in addresses masked.
 * @throws ConfigError listing every mistake
 */
export function printableConfig(env: Record<string, string | undefined>): string {
  const config = loadConfig(env);
  const lines = Object.keys(configSchema.shape).map((name) => {
    const value = config[name as keyof typeof config];
    if (value === undefined) return `${name}=`;
    return `${name}=${secretName.test(name) ? mask : withoutPassword(String(value))}`;
  });
  return `${lines.join('\n')}\n`;
}

/** `mongodb://user:password@host` as `mongodb://user:********@host`, and no passwords among the parameters either. */
function withoutPassword(value: string): string {
  return value
    .replace(/^([a-z+]+:\/\/[^:/@]*):[^@/]+@/i, `$1:${mask}@`)
    .replaceAll(/([?&][^=&]*(?:password|secret|token)[^=&]*=)[^&]*/gi, `$1${mask}`);
}
