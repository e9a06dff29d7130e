import { startTestStores } from './stores-for-tests';

/** Keeps a pair of stores for many test runs: prints what to export, and ends with Ctrl-C. */
async function main(): Promise<void> {
  const stores = await startTestStores((line) => console.error(line));
  console.log(`export TEST_MONGODB_URI='${stores.mongodbUri}'`);
  console.log(`export TEST_REDIS_URL='${stores.redisUrl}'`);
  console.error(`running as processes ${stores.pids.join(' and ')} until Ctrl-C`);
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await stores.stop();
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
