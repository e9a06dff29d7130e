/** Bearer tokens of a run are signed with this. It is no secret: everything listens on loopback and ends with the run. */
export const runSecret = 'the bearer tokens of this run are signed with this';
export const runAdminPassword = 'the-admin-of-this-run';

/** The settings of API and worker processes that belong to one run: the product's defaults but for these. */
export function runSettings(settings: Record<string, string | undefined>): Record<string, string> {
  return {
    ...{ PATH: process.env.PATH ?? '', NODE_ENV: 'test', HOST: '127.0.0.1', SIGN_IN: 'true' },
    ...{ JWT_SECRET: runSecret, QUEUE_TOKEN_SECRET: 'the queue tokens of this run are made with this' },
    ADMIN_PASSWORD: runAdminPassword,
    // All clients come from one address here.
    ...{ RATE_LIMIT_USER: '0', RATE_LIMIT_ADDRESS: '0', MAX_CONNECTIONS_PER_ADDRESS: '0' },
    ...(settings as Record<string, string>),
  };
}
