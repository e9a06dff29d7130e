import { openStores, type Stores } from '../tools/stack/stores';

declare global {
  var frontrowTestStores: Stores | undefined;
}

/** One pair of stores for the whole run, or the pair that TEST_MONGODB_URI and TEST_REDIS_URL name. */
export default async function globalSetup(): Promise<void> {
  if (process.env.TEST_MONGODB_URI && process.env.TEST_REDIS_URL) return;
  const stores = await openStores({ name: 'test', log: (line) => process.stderr.write(`${line}\n`) });
  globalThis.frontrowTestStores = stores;
  process.env.TEST_MONGODB_URI = stores.mongod.uri;
  process.env.TEST_REDIS_URL = stores.redis.uri;
}
