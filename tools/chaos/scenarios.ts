import type { Scenario } from './scenario';
import { callOff } from './scenarios/call-off';
import { holdPrecision, holdPrecisionSweep } from './scenarios/hold-precision';
import { apiKill, redisFlush, redisKill, workerKill } from './scenarios/kills';
import { lastMoment } from './scenarios/last-moment';
import { mongoFailover } from './scenarios/mongo-failover';
import { network } from './scenarios/network';
import { oneBalance } from './scenarios/one-balance';
import { oneSeat } from './scenarios/one-seat';
import { overload } from './scenarios/overload';
import { providerLies } from './scenarios/provider-lies';
import { repeatedJobs } from './scenarios/repeated-jobs';
import { rollingRestart } from './scenarios/rolling-restart';
import { standby } from './scenarios/standby';
import { workerFreeze } from './scenarios/worker-freeze';

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
  providerLies,
  rollingRestart,
  overload,
  callOff,
  standby,
  holdPrecision,
  holdPrecisionSweep,
];
