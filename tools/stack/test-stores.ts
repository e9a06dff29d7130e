import { runCommand } from '../options';
import { openStores } from './stores';

/** Keeps a pair of stores for many test runs: prints what to export, and ends with Ctrl-C. */
async function main(): Promise<void> {
  const { mongod, redis, close } = await openStores({ name: 'test', log: (line) => console.error(line) });
  console.log(`export TEST_MONGODB_URI='${mongod.uri}'`);
  console.log(`export TEST_REDIS_URL='${redis.uri}'`);
  console.error(`running as processes ${mongod.process.pid} and ${redis.process.pid} until Ctrl-C`);
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await close();
}

runCommand(main());
