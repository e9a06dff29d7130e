import { randomBytes } from 'node:crypto';
import { type Config, loadConfig } from '../../shared/platform/config';

export const adminPassword = 'the-admin-of-tests';

/** Settings of one test file: a database and a queue prefix of its own on the run's stores, few lanes, short waits. */
export function testConfig(settings: Partial<Record<keyof Config, string>> = {}): Config {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const mongo = new URL(process.env.TEST_MONGODB_URI ?? '');
  mongo.pathname = `/${name}`;
  return loadConfig({
    NODE_ENV: 'test',
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    MONGODB_URI: mongo.href,
    REDIS_URL: process.env.TEST_REDIS_URL,
    QUEUE_PREFIX: name,
    JWT_SECRET: 'the bearer tokens of tests are signed with this',
    QUEUE_TOKEN_SECRET: 'the queue tokens of tests are made with this',
    ADMIN_PASSWORD: adminPassword,
    SIGN_IN: 'true',
    RATE_LIMIT_USER: '0',
    RATE_LIMIT_ADDRESS: '0',
    RESERVATION_LANES: '2',
    WALLET_LANES: '2',
    // The user of a test tries things again and again.
    MAX_UNPAID_HOLDS: '0',
    MAX_UNPAID_HOLDS_PER_SEAT: '0',
    // Tests that let hours pass in one step would look like a backlog.
    MAX_BACKLOG_SECONDS: '3600',
    ...settings,
  });
}
