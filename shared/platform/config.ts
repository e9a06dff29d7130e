import { distance } from 'fastest-levenshtein';
import { type Config, configSchema } from './config-schema';

export type { Config };

const settingNames = Object.keys(configSchema.shape);

/** Says everything that is wrong with the environment at once, one line a setting. */
export class ConfigError extends Error {}

/**
 * Reads the settings from an environment. Empty strings count as unset.
 * @throws ConfigError listing every mistake
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = configSchema.safeParse(given);
  const wrapped = wrappedValues(given);
  const issues = (parsed.error?.issues ?? []).filter((issue) => !wrapped.has(String(issue.path[0])));
  const mistakes = [...wrapped.values()];
  const others = issues.map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined ? `${name} is missing: ${describe(name)}` : `${name}: ${issue.message}`;
  });
  mistakes.push(...others, ...crossChecks(given, parsed.data ?? wellFormed(given)), ...misspelt(Object.keys(given)));
  if (mistakes.length > 0) throw new ConfigError(`Configuration:\n${mistakes.map((m) => `  - ${m}`).join('\n')}`);
  return parsed.data as Config;
}

/**
 * What an env file leaves around a value: `docker run --env-file` keeps quotes, and files of Windows end their lines with CR. A
 * secret would be another one than other processes have, and nobody would see it.
 */
function wrappedValues(given: Record<string, string | undefined>): Map<string, string> {
  const mistakes = Object.entries(given).flatMap(([name, value = '']): [string, string][] => {
    if (!settingNames.includes(name)) return [];
    if (/^\s|\s$/.test(value)) return [[name, `${name}: begins or ends with a space or a line break`]];
    if (/^(["']).*\1$/s.test(value)) return [[name, `${name}: stands in quotes, which are part of the value here`]];
    return [];
  });
  return new Map(mistakes);
}

/** What settings mean together, of those that are right by themselves. */
function crossChecks(given: Record<string, unknown>, config: Partial<Config>): string[] {
  const mistakes: string[] = [];
  if (given.JWT_SECRET === undefined && given.JWT_JWKS_URL === undefined)
    mistakes.push('JWT_SECRET or JWT_JWKS_URL is missing: one of them is needed');
  if (config.SIGN_IN && given.JWT_SECRET === undefined) mistakes.push('SIGN_IN needs JWT_SECRET');
  if (config.SIGN_IN && config.NODE_ENV === 'production')
    mistakes.push('SIGN_IN is for demos: it must be off in production');
  mistakes.push(...chargeChecks(given, config));
  if (config.NODE_ENV === 'production' && given.JWT_JWKS_URL !== undefined)
    // RFC 8725, 3.8 and 3.9: the same keys sign tokens for other applications.
    for (const name of ['JWT_ISSUER', 'JWT_AUDIENCE'])
      if (given[name] === undefined) mistakes.push(`${name} is missing: production needs it with JWT_JWKS_URL`);
  for (const name of ['BOARD', 'DOCS', 'PAGES'] as const)
    if (config[name] === 'operations' && !config.METRICS_PORT) mistakes.push(`${name}: operations needs METRICS_PORT`);
  const {
    MAX_SEATS_PER_USER: ofUser,
    MAX_SEATS_PER_HOLD: ofHold,
    DRAIN_SECONDS: drain,
    SHUTDOWN_SECONDS: all,
  } = config;
  if (ofUser && ofHold && ofUser < ofHold)
    mistakes.push(`MAX_SEATS_PER_USER: must be 0 or at least MAX_SEATS_PER_HOLD (${ofHold})`);
  if (drain && all && drain >= all) mistakes.push(`DRAIN_SECONDS: must be less than SHUTDOWN_SECONDS (${all})`);
  return mistakes;
}

/** Money comes in by a way that somebody has chosen. */
function chargeChecks(given: Record<string, unknown>, config: Partial<Config>): string[] {
  const { NODE_ENV, CHARGES, MIN_TOP_UP: min = 0, MAX_TOP_UP: max = Infinity } = config;
  if (min > max) return [`MIN_TOP_UP: must be at most MAX_TOP_UP (${max})`];
  if (CHARGES === 'provider')
    return ['PUBLIC_URL', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']
      .filter((name) => given[name] === undefined)
      .map((name) => `${name} is missing: CHARGES=provider needs it`);
  if (NODE_ENV !== 'production') return [];
  if (given.CHARGES === undefined)
    return ['CHARGES is missing: production must choose who adds points, service or provider'];
  return CHARGES === 'open'
    ? ['CHARGES: open lets everybody give themselves points; production takes service or provider']
    : [];
}

/**
 * Names that are almost those of settings which are not given: a setting that is overlooked is found during the sale.
 * Short names are too near to everything (PATH, PORT).
 */
function misspelt(names: string[]): string[] {
  const missing = settingNames.filter((name) => name.length >= 6 && !names.includes(name));
  return names
    .filter((name) => !settingNames.includes(name))
    .flatMap((name) => {
      const meant = missing.find((one) => distance(name.toUpperCase(), one) <= 2);
      return meant ? `${name} is not a setting: is ${meant} meant?` : [];
    });
}

function wellFormed(given: Record<string, unknown>): Partial<Config> {
  const parsed = Object.entries(configSchema.shape).map(([name, schema]) => [name, schema.safeParse(given[name]).data]);
  return Object.fromEntries(parsed);
}

function describe(name: string): string {
  return configSchema.shape[name as keyof typeof configSchema.shape]?.description ?? 'needed';
}
