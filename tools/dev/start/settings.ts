import { type Config, loadConfig } from '../../../shared/platform/config';
import { freePort } from '../../stack/stores/free-port';
import { keptSecrets } from './secrets';

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
  const env: NodeJS.ProcessEnv = { ...given, ...secrets, SIGN_IN: signIn, ...perAddress, HOST: host };
  const anyStores = { MONGODB_URI: env.MONGODB_URI || 'mongodb://any', REDIS_URL: env.REDIS_URL || 'redis://any' };
  const config = loadConfig({ ...env, ...anyStores });
  const port = await portOf(config);
  const everywhere = ['0.0.0.0', '::'].includes(config.HOST);
  return { env: { ...env, PORT: String(port) }, url: `http://${everywhere ? 'localhost' : config.HOST}:${port}` };
}

/** PORT 0 becomes a number here, so that a restarted API comes back to the same one. */
async function portOf({ PORT, HOST }: Config): Promise<number> {
  return freePort(PORT, HOST).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? 'another program uses it' : error.message;
    throw new Error(`Can't listen on port ${PORT} of ${HOST}: ${why}. Choose another one: PORT=${PORT + 1} npm start`);
  });
}
