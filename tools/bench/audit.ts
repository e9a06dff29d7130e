import { bindModels } from '../../shared/models';
import { openMongo } from '../../shared/platform/mongo';
import { runAudit } from '../../workers/audit/run-audit';
import { migrate } from '../operate/migrate/run-migrations';
import { runCommand } from '../options';
import { entriesPerUser, generateDatabase } from './audit/generate-database';

/**
 * How long does an audit of N ledger entries take, and how much memory? `node tools/run.mjs tools/bench/audit 1000000` with
 * MONGODB_URI naming a database that does not exist yet; it is dropped afterwards.
 */
async function main(): Promise<void> {
  const entries = Number(process.argv[2] ?? 1_000_000);
  const connection = await openMongo(process.env.MONGODB_URI ?? '', 'bench-audit');
  try {
    const models = bindModels(connection);
    if ((await models.commands.estimatedDocumentCount()) > 0) throw new Error('the database is not empty');
    await migrate(process.env.MONGODB_URI ?? '');
    let since = performance.now();
    await generateDatabase(models, entries / entriesPerUser, Date.now());
    console.log(`generated ${entries} entries in ${((performance.now() - since) / 1000).toFixed(0)} s`);
    global.gc?.();
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 50);
    since = performance.now();
    const cpu = process.cpuUsage();
    const result = await runAudit({ connection, models });
    clearInterval(watch);
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (performance.now() - since) / 1000;
    console.table(result.checks);
    for (const { invariant, message, ids } of result.violations) console.log(invariant, message, ids.join(' '));
    console.log(
      `${seconds.toFixed(1)} s, ${Math.round(entries / seconds)} entries/s, CPU ${((user + system) / 1e6).toFixed(1)} s`,
    );
    console.log(`memory ${(before / 2 ** 20).toFixed(0)} MB before, ${(most / 2 ** 20).toFixed(0)} MB at most`);
  } finally {
    await connection.dropDatabase();
    await connection.close();
  }
}

runCommand(main());
