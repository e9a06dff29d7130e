import { createAcceptCommand } from '../../../api/commands/accept';
import type { Backlog } from '../../../api/commands/backlog';
import type { KindGate } from '../../../api/commands/kind-gate';
import { allLanes } from '../../../shared/commands/lane-of';
import type { PerformanceDoc } from '../../../shared/concerts/performance.model';
import { type Context, openContext } from '../../../shared/context';
import { type Models, native } from '../../../shared/models';
import { createClock } from '../../../shared/platform/clock';
import type { Config } from '../../../shared/platform/config';
import { createIds } from '../../../shared/platform/ids';
import { afterCommit } from '../../../workers/batches/after-commit';
import { createMemory } from '../../../workers/batches/memory';
import { ensureLanes } from '../../../workers/lanes/lease';
import { createScheduleExpiries } from '../../../workers/lanes/schedule-expiries';
import { migrated } from '../../helpers/migrated';
import { takeLane } from '../../helpers/take-lane';
import { blocksOf, recordGift } from '../blocks';
import { callOffsOf } from '../call-offs';
import type { Fault } from '../faults/fault';
import { performancesAt, seats } from '../hall';
import { Crashed, withMishap } from '../mishaps';
import { fewDocuments, runAsCommitter } from '../run-as-committer';
import { workerCount } from '../steps';
import { collections, type Data, type System } from '../system';

/** The command path on the run's MongoDB and Redis, in a database of its own that every sequence finds empty. */
export interface MongoLab {
  context: Context;
  /** Empties the database. */
  system(fault: Fault): Promise<System>;
  close(): Promise<void>;
}

export async function openMongoLab(config: Config): Promise<MongoLab> {
  const context = await openContext(await migrated(config), 'model');
  const { connection, redis, lifecycle } = context;
  let lacking: Fault['lacks'];
  return {
    context,
    async system(fault) {
      const performances = performancesAt(context.clock.now());
      await empty(context.models, allLanes(config), performances);
      if (lacking !== fault.lacks) await changeIndexes(context.models, fault);
      lacking = fault.lacks;
      return mongoSystem(context, fault, performances);
    },
    async close() {
      await connection.dropDatabase();
      const keys = await redis.keys(`${config.QUEUE_PREFIX}:*`);
      if (keys.length > 0) await redis.unlink(keys);
      await lifecycle.close();
    },
  };
}

async function empty(models: Models, lanes: string[], performances: PerformanceDoc[]): Promise<void> {
  await Promise.all(
    [...collections, 'performances' as const, 'lanes' as const, 'fences' as const].map((name) =>
      native(models, name).deleteMany({}),
    ),
  );
  await native(models, 'seats').insertMany(seats);
  await native(models, 'performances').insertMany(performances);
  await ensureLanes(models, lanes);
}

/** Drops the index that the fault says is not there, and brings back the one that an earlier fault did. */
async function changeIndexes(models: Models, { lacks }: Fault): Promise<void> {
  await models.commands.createIndexes();
  if (lacks) await native(models, lacks.collection).dropIndex(lacks.index.map((field) => `${field}_1`).join('_'));
}

/** Sequences are short: nothing piles up. */
const neverFull: Backlog = { check() {}, add() {}, finish() {} };
const everyKind: KindGate = { check() {} };

function mongoSystem(context: Context, fault: Fault, performances: readonly PerformanceDoc[]): System {
  const { config, clock, connection } = context;
  const models = fault.models?.(context.models) ?? context.models;
  // The clock of an API process that is now right, now wrong.
  const apiClock = createClock();
  const accept = createAcceptCommand(
    { ...context, models, clock: apiClock, newId: createIds(apiClock) },
    neverFull,
    everyKind,
  );
  const newSession = () => connection.getClient().startSession();
  const sessions = Array.from({ length: workerCount }, newSession);
  const memories = Array.from({ length: workerCount }, () => createMemory(fewDocuments));

  return {
    ...{ lanes: allLanes(config), performances, concurrent: true, now: () => clock.now() },
    advance(ms) {
      clock.offsetMs += ms;
    },
    async accept(request, skewMs) {
      Object.assign(apiClock, { offsetMs: clock.offsetMs, skewMs: clock.skewMs + skewMs });
      const accepted = await accept(request);
      if (!accepted.replayed) await recordGift(models, accepted.command);
      return accepted;
    },
    ...callOffsOf({ ...context, models }, fault),
    ...blocksOf({ ...context, models }),
    async take(worker, lane) {
      memories[worker]?.forget();
      const session = sessions[worker] ?? newSession();
      // A lease of no time at all: the next one may take the lane whenever it likes.
      const taken = await takeLane(models, lane, `worker_${worker}`, session, 0);
      return taken?.epoch ?? -1;
    },
    async run({ worker, epochs, size, mishap }) {
      const session = sessions[worker] ?? newSession();
      // The transaction stays open with all that it has locked, as a dead process leaves it.
      const { promise: dead, die } = deathOf(() => {
        sessions[worker] = newSession();
      });
      const unlucky = withMishap(fault.worker?.(models, epochs) ?? models, mishap, die);
      const memory = memories[worker] ?? createMemory(fewDocuments);
      return Promise.race([
        dead,
        runAsCommitter({ context: { ...context, models: unlucky }, session, epochs, size, memory }),
      ]);
    },
    async publish(report) {
      const work = { finishSession: async () => {}, scheduleExpiries: createScheduleExpiries(context.queues, clock) };
      if (report.decision) await afterCommit(context, report.decision, report.now, work);
      await fault.afterCommit?.(models, report);
    },
    read: () => readAll(context.models),
  };
}

/** `die` never answers; `promise` is rejected then, and never otherwise. */
function deathOf(then: () => void) {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  const die = () => {
    then();
    reject(new Crashed('before the commit'));
    return new Promise<never>(() => {});
  };
  return { promise, die };
}

async function readAll(models: Models): Promise<Data> {
  const all = collections.map(async (name) => [name, await native(models, name).find().toArray()]);
  return Object.fromEntries(await Promise.all(all)) as unknown as Data;
}
