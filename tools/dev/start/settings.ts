import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Config, loadConfig } from '../../../shared/platform/config';
import { freePort } from '../../stack/free-port';
import { providerSettings } from './provider';

/**
 * The environment for the API and the workers, without the stores' addresses: what was given, secrets that are kept in
 * `file`, and sign-in for everybody, since this is how one tries the product out.
 * @throws ConfigError, or Error when the port is taken
 */
export async function settle(given: NodeJS.ProcessEnv, file: string): Promise<{ env: NodeJS.ProcessEnv; url: string }> {
  const secrets = await keptSecrets(file, given);
  const signIn = given.SIGN_IN || (given.NODE_ENV !== 'production' && !given.JWT_JWKS_URL ? 'true' : '');
  // Everybody who tries it out comes from one address.
  const perAddress = {
    RATE_LIMIT_ADDRESS: given.RATE_LIMIT_ADDRESS || '0',
    MAX_CONNECTIONS_PER_ADDRESS: given.MAX_CONNECTIONS_PER_ADDRESS || '0',
  };
  // Sign-in asks for no more than a name, so only this machine gets to it unless HOST says otherwise.
  const host = given.HOST || (signIn === 'true' ? '127.0.0.1' : '');
  const provider = await providerSettings(given, join(dirname(file), 'provider'));
  const env: NodeJS.ProcessEnv = { ...given, ...secrets, ...provider, SIGN_IN: signIn, ...perAddress, HOST: host };
  const anyStores = { MONGODB_URI: env.MONGODB_URI || 'mongodb://any/any', REDIS_URL: env.REDIS_URL || 'redis://any' };
  const anyPages = { PUBLIC_URL: env.PUBLIC_URL || 'http://any' };
  const config = loadConfig({ ...env, ...anyStores, ...anyPages });
  const port = await portOf(config);
  const everywhere = ['0.0.0.0', '::'].includes(config.HOST);
  const url = `http://${everywhere ? 'localhost' : inUrl(config.HOST)}:${port}`;
  return { env: { ...env, PORT: String(port), PUBLIC_URL: env.PUBLIC_URL || url }, url };
}

/** An IPv6 address stands in brackets there. */
const inUrl = (host: string) => (host.includes(':') ? `[${host}]` : host);

/** PORT 0 becomes a number here, so that a restarted API comes back to the same one. */
async function portOf({ PORT, HOST }: Config): Promise<number> {
  return freePort(PORT, HOST).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? 'another program uses it' : error.message;
    throw new Error(`Can't listen on port ${PORT} of ${HOST}: ${why}. Choose another one: PORT=${PORT + 1} npm start`);
  });
}

/** How to make each secret that a first start needs. */
const makers: Record<string, () => string> = {
  JWT_SECRET: () => randomBytes(32).toString('base64url'),
  QUEUE_TOKEN_SECRET: () => randomBytes(32).toString('base64url'),
  ADMIN_PASSWORD: () => randomBytes(12).toString('base64url'),
};

/**
 * The secrets that `env` does not give: made once, then kept in `file` (lines of NAME=value, readable by its owner
 * only), so that tokens outlive a restart. With JWT_JWKS_URL bearer tokens come from elsewhere, and no secret is made.
 */
export async function keptSecrets(file: string, env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const kept = parse(await readFile(file, 'utf8').catch(() => ''));
  const names = Object.keys(makers).filter((name) => !env[name] && !(name === 'JWT_SECRET' && env.JWT_JWKS_URL));
  const missing = names.filter((name) => !kept[name]);
  for (const name of missing) kept[name] = makers[name]?.() ?? '';
  if (missing.length > 0) await write(file, kept);
  return Object.fromEntries(names.map((name) => [name, kept[name] ?? '']));
}

function parse(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => /^(\w+)=(.+)$/.exec(line));
  return Object.fromEntries(lines.flatMap((match) => (match ? [[match[1], match[2]]] : [])));
}

async function write(file: string, secrets: Record<string, string>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(temporary, lines.join(''), { mode: 0o600 });
  await rename(temporary, file);
}
