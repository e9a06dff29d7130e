import type { Scenario } from './scenario';
import { apiKill } from './scenarios/api-kill';
import { mongoFailover } from './scenarios/mongo-failover';
import { redisFlush, redisKill } from './scenarios/redis-loss';
import { workerFreeze } from './scenarios/worker-freeze';
import { workerKill } from './scenarios/worker-kill';

/** All of them, in the order in which they run. */
export const scenarios: readonly Scenario[] = [workerKill, apiKill, workerFreeze, redisFlush, redisKill, mongoFailover];
