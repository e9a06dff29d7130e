import { type Config, configSchema } from './config-schema';

export type { Config };

/** Says everything that is wrong with the environment at once, one line a setting. */
export class ConfigError extends Error {}

/**
 * Reads the settings from an environment. Empty strings count as unset.
 * @throws ConfigError listing every mistake
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = configSchema.safeParse(given);
  const mistakes = parsed.success
    ? crossChecks(parsed.data)
    : parsed.error.issues.map((issue) => {
        const name = String(issue.path[0]);
        return given[name] === undefined ? `${name} is missing: ${describe(name)}` : `${name}: ${issue.message}`;
      });
  if (mistakes.length > 0) throw new ConfigError(`Configuration:\n${mistakes.map((m) => `  - ${m}`).join('\n')}`);
  return parsed.data as Config;
}

function crossChecks(config: Config): string[] {
  const mistakes: string[] = [];
  if (!config.JWT_SECRET && !config.JWT_JWKS_URL)
    mistakes.push('JWT_SECRET or JWT_JWKS_URL is missing: one of them is needed');
  if (config.SIGN_IN && !config.JWT_SECRET) mistakes.push('SIGN_IN needs JWT_SECRET');
  if (config.SIGN_IN && config.NODE_ENV === 'production')
    mistakes.push('SIGN_IN is for demos: it must be off in production');
  const { MAX_SEATS_PER_USER: ofUser, MAX_SEATS_PER_HOLD: ofHold } = config;
  if (ofUser > 0 && ofUser < ofHold)
    mistakes.push(`MAX_SEATS_PER_USER: must be 0 or at least MAX_SEATS_PER_HOLD (${ofHold})`);
  return mistakes;
}

function describe(name: string): string {
  return configSchema.shape[name as keyof typeof configSchema.shape]?.description ?? 'needed';
}
