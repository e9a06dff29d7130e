import type { Config } from '../../../shared/platform/config';

export type Settings = Partial<Record<keyof Config, string>>;

export const jwtSecret = 'the bearer tokens of chaos runs are signed with this';

/** The environment of API and worker processes: product defaults but for what a scenario shortens to end in time. */
export function settingsOf(settings: Settings): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    JWT_SECRET: jwtSecret,
    QUEUE_TOKEN_SECRET: 'the queue tokens of chaos runs are made with this',
    ADMIN_PASSWORD: 'the-admin-of-chaos-runs',
    // All clients come from one address here.
    RATE_LIMIT_USER: '0',
    RATE_LIMIT_ADDRESS: '0',
    MAX_CONNECTIONS_PER_ADDRESS: '0',
    // A few people share the whole hall.
    MAX_SEATS_PER_USER: '0',
    ...settings,
  };
}
