/** What the measured processes are told. Secrets are no secrets here: everything listens on loopback and ends with the run. */
export const benchSecret = 'the bench signs its own bearer tokens with this';

export function benchSettings(mongodbUri: string, redisUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'development',
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    MONGODB_URI: mongodbUri,
    REDIS_URL: redisUrl,
    JWT_SECRET: benchSecret,
    QUEUE_TOKEN_SECRET: 'the bench makes its queue tokens with this',
    ADMIN_PASSWORD: 'nobody signs in here',
    SIGN_IN: 'true',
    // All clients come from one address here.
    RATE_LIMIT_USER: '0',
    RATE_LIMIT_ADDRESS: '0',
    MAX_CONNECTIONS_PER_ADDRESS: '0',
  };
}
