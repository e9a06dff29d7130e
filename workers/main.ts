import type { QueueKind } from '../shared/commands/catalogue';
import { laneCount } from '../shared/commands/lane-of';
import { openContext } from '../shared/context';
import { openOperationsServer } from '../shared/health/operations-server';
import { type Check, createReadiness } from '../shared/health/readiness';
import { loadConfig } from '../shared/platform/config';
import { printConfigOr } from '../shared/platform/print-config';
import { runProcess } from '../shared/platform/run-process';
import { stopOnSignal } from '../shared/platform/stop-on-signal';
import { startAudits } from './audit/schedule-audit';
import { readOwnership } from './lanes/lease';
import type { LaneOwner } from './lanes/own-lanes';
import { startRetention } from './retention/start-retention';
import { startWorkers } from './start-workers';

/** Entry of a worker process. Hands its lanes over on SIGTERM and SIGINT, then exits. `--print-config` only shows the settings. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const context = await openContext(config, 'workers');
  const workers = await startWorkers(context);
  startAudits(context);
  startRetention(context);
  await openOperationsServer(context, createReadiness(context, { lanes: ownsLanes(workers) }));
  context.logger.info('carrying out commands');
  stopOnSignal(context, () => workers.stop());
}

/** Not ready while this worker owns fewer lanes than the least that any of the live workers should. */
function ownsLanes(owner: LaneOwner): Check {
  return async ({ models, config }) => {
    const { workers, needsOf } = await readOwnership(models);
    // Lanes that are not for every worker are no part of the least that each has.
    const forSome = (queue: QueueKind) => [...needsOf.keys()].filter((lane) => lane.startsWith(queue)).length;
    const share = (queue: QueueKind) =>
      Math.floor((laneCount(config, queue) - forSome(queue)) / Math.max(1, workers.length));
    const least = share('reservation') + share('wallet');
    const owned = owner.lanes().length;
    return owned >= least ? null : `owns ${owned} lanes, ${least} or more are its share`;
  };
}

printConfigOr(() => runProcess('workers', main));
