import { startTestStores, type TestStores } from '../tools/stack/stores-for-tests';

declare global {
  var frontrowTestStores: TestStores | undefined;
}

/** One pair of stores for the whole run, or the pair that TEST_MONGODB_URI and TEST_REDIS_URL name. */
export default async function globalSetup(): Promise<void> {
  if (process.env.TEST_MONGODB_URI && process.env.TEST_REDIS_URL) return;
  const stores = await startTestStores((line) => process.stderr.write(`${line}\n`));
  globalThis.frontrowTestStores = stores;
  process.env.TEST_MONGODB_URI = stores.mongodbUri;
  process.env.TEST_REDIS_URL = stores.redisUrl;
}
