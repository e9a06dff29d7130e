import { bindModels } from '../../../shared/models';
import { createClock } from '../../../shared/platform/clock';
import { createLifecycle, type Lifecycle } from '../../../shared/platform/lifecycle';
import { createLogger } from '../../../shared/platform/logger';
import { openMongo } from '../../../shared/platform/mongo';
import { openRedis } from '../../../shared/platform/redis';
import { createWaitingRoom } from '../../../shared/waiting-room/waiting-room';
import type { RoomCounter } from '../../../workers/audit/rooms-pass';
import { type AuditOptions, type AuditResult, runAudit } from '../../../workers/audit/run-audit';
import { flag, readOptions, whole } from '../../options';
import { formatResult } from './format-result';

type Env = Record<string, string | undefined>;

const usage = `Usage: npm run audit -- [options]

Checks the invariants I1 to I19 on the database that MONGODB_URI names. It only reads, and may run at any time.
With REDIS_URL (and QUEUE_PREFIX, if it is not the default) also the limits of waiting rooms, I10.

  --hold-grace-seconds N   how long past its end a hold may be live (5)
  --unfinished-seconds N   how long a command may be due and unfinished (60)
  --quiet-system           nothing is under way: no command may be unfinished but the ends of live holds
  --limit N                violations named for each invariant (20); all are counted

Exit status: 0 no violation, 1 violations, 2 the audit could not run.`;

const options = {
  'hold-grace-seconds': whole(0, 86_400, 5),
  'unfinished-seconds': whole(0, 86_400, 60),
  'quiet-system': flag,
  limit: whole(0, 1_000_000, 20),
};

function readAuditOptions(args: string[]): AuditOptions | null {
  const values = readOptions(args, options);
  return (
    values && {
      holdGraceMs: values['hold-grace-seconds'] * 1000,
      unfinishedMs: values['unfinished-seconds'] * 1000,
      quiet: values['quiet-system'],
      limit: values.limit,
    }
  );
}

async function audit(options: AuditOptions, env: Env): Promise<AuditResult> {
  if (!env.MONGODB_URI) throw new Error('MONGODB_URI must name the database to audit; see --help');
  const connection = await openMongo(env.MONGODB_URI, 'audit', 10);
  const lifecycle = createLifecycle(createLogger('audit', 'silent'));
  lifecycle.onClose('mongodb', () => connection.close());
  try {
    const rooms = env.REDIS_URL ? await openRooms(env.REDIS_URL, env.QUEUE_PREFIX || 'frontrow', lifecycle) : undefined;
    return await runAudit({ connection, models: bindModels(connection) }, { ...options, rooms });
  } finally {
    await lifecycle.close();
  }
}

async function openRooms(redisUrl: string, prefix: string, lifecycle: Lifecycle): Promise<RoomCounter> {
  const redis = await openRedis(redisUrl, 'fail-fast', createLogger('audit', 'silent'));
  lifecycle.onClose('redis', () => redis.disconnect());
  // Counting needs no token, so no secret.
  return createWaitingRoom({ redis, clock: createClock(), prefix, secret: 'unused' });
}

/**
 * What `npm run audit` does.
 * @returns the exit status
 */
export async function auditCommand(args: string[], env: Env, print: (line: string) => void): Promise<number> {
  const options = readAuditOptions(args);
  if (!options) {
    print(usage);
    return 0;
  }
  const result = await audit(options, env);
  for (const line of formatResult(result)) print(line);
  return result.broken > 0 ? 1 : 0;
}
