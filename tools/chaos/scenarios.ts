import type { Scenario } from './scenario';
import { holdPrecision, holdPrecisionSweep } from './scenarios/hold-precision';
import { lastMoment } from './scenarios/last-moment';
import { mongoFailover } from './scenarios/mongo-failover';
import { network } from './scenarios/network';
import { oneBalance } from './scenarios/one-balance';
import { oneSeat } from './scenarios/one-seat';
import { overload } from './scenarios/overload';
import { redisFlush, redisKill } from './scenarios/redis-loss';
import { repeatedJobs } from './scenarios/repeated-jobs';
import { rollingRestart } from './scenarios/rolling-restart';
import { workerFreeze } from './scenarios/worker-freeze';
import { apiKill, workerKill } from './scenarios/worker-kill';

/** All of them, in the order in which they run. */
export const scenarios: readonly Scenario[] = [
  workerKill,
  apiKill,
  workerFreeze,
  redisFlush,
  redisKill,
  mongoFailover,
  oneSeat,
  oneBalance,
  lastMoment,
  repeatedJobs,
  network,
  rollingRestart,
  overload,
  holdPrecision,
  holdPrecisionSweep,
];
