import { openContext } from '../shared/context';
import { openOperationsServer } from '../shared/health/operations-server';
import { createReadiness } from '../shared/health/readiness';
import { ConfigError, loadConfig } from '../shared/platform/config';
import { printableConfig } from '../shared/platform/print-config';
import { stopOnSignal } from '../shared/platform/stop-on-signal';
import { startAudits } from './audit/start-audits';
import { ownsLanes } from './health/owns-lanes';
import { startWorkers } from './start-workers';

/** Entry of a worker process. Hands its lanes over on SIGTERM and SIGINT, then exits. `--print-config` only shows the settings. */
async function main(): Promise<void> {
  if (process.argv.includes('--print-config')) return void process.stdout.write(printableConfig(process.env));
  const config = loadConfig(process.env);
  const context = await openContext(config, 'workers');
  const workers = await startWorkers(context);
  startAudits(context);
  await openOperationsServer(context, createReadiness(context, { lanes: ownsLanes(workers) }));
  context.logger.info('carrying out commands');
  stopOnSignal(context, () => workers.stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error)}\n`);
  process.exit(1);
});
