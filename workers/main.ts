import { openContext } from '../shared/context';
import { openOperationsServer } from '../shared/health/operations-server';
import { createReadiness } from '../shared/health/readiness';
import { loadConfig } from '../shared/platform/config';
import { printConfigOr } from '../shared/platform/print-config';
import { runProcess } from '../shared/platform/run-process';
import { stopOnSignal } from '../shared/platform/stop-on-signal';
import { startAudits } from './audit/start-audits';
import { ownsLanes } from './health/owns-lanes';
import { startWorkers } from './start-workers';

/** Entry of a worker process. Hands its lanes over on SIGTERM and SIGINT, then exits. `--print-config` only shows the settings. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const context = await openContext(config, 'workers');
  const workers = await startWorkers(context);
  startAudits(context);
  await openOperationsServer(context, createReadiness(context, { lanes: ownsLanes(workers) }));
  context.logger.info('carrying out commands');
  stopOnSignal(context, () => workers.stop());
}

printConfigOr(() => runProcess('workers', main));
