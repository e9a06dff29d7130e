import { loadConfig } from './config';
import { configSchema } from './config-schema';
import { mask, withoutPassword } from './without-password';

/** Settings of which nothing is shown but that they are set. */
const secretName = /SECRET|PASSWORD/;

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

/** With `--print-config` shows the settings, or what is wrong with them, and no more; else runs the process. */
export function printConfigOr(run: () => void): void {
  if (!process.argv.includes('--print-config')) {
    run();
    return;
  }
  try {
    process.stdout.write(printableConfig(process.env));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
