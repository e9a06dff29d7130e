import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientSession } from 'mongodb';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { primariesOf, type RedisClient } from '../../shared/platform/redis';
import { afterCommit, type FinishVisit, tellFailed } from '../batches/after-commit';
import type { BatchDecision } from '../batches/decide-batch';
import { failCommand, nextCommand } from '../batches/fail-command';
import { isTransient } from '../batches/is-transient';
import { type BatchReport, runBatch } from '../batches/run-batch';
import { observedBatch } from '../metrics/observed-batch';
import { tracedBatch } from '../tracing/traced-batch';
import type { Tickets } from './jobs-in-flight';
import { createSignal } from './signal';

/** A lane while a committer carries out its commands. */
export interface CommittedLane {
  name: string;
  epoch: number;
  tickets: Tickets;
  /** Called when the lane turned out to have a newer owner. */
  onLost(): void;
}

/**
 * Carries out the commands of this worker's lanes, group by group, one transaction at a time. Jobs and the sweep both
 * only ring its bell: one path reads what is due. A lone command commits at once; what comes meanwhile is the next
 * group, over all lanes, so that groups grow with the load whatever the number of lanes.
 */
export interface Committer {
  session: ClientSession;
  ring(): void;
  join(lane: CommittedLane): void;
  /** Resolves when no group of the lane is in hand. */
  leave(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Waits between tries while a store is away grow from 20 ms to at most this. */
const longestPauseMs = 1000;

/** @param queueConnection the one on which BullMQ's workers of this process complete their jobs */
export function startCommitter(context: Context, queueConnection: RedisClient, finishVisit: FinishVisit): Committer {
  const { config, connection, logger } = context;
  const session = connection.getClient().startSession();
  const lanes = new Map<string, CommittedLane>();
  const attempts = new Map<string, number>();
  const bell = createSignal();
  let stopping = false;
  let size = config.GROUP_SIZE;
  let failures = 0;
  let inHand: Promise<unknown> = Promise.resolve();
  const underWay = new Set<Promise<void>>();

  const epochs = () => new Map(Array.from(lanes.values(), ({ name, epoch }) => [name, epoch]));

  /** Answers after how many milliseconds to look again. */
  async function commitGroup(): Promise<number> {
    const taken = [...lanes.values()].map(({ tickets }) => ({ tickets, ids: tickets.waiting() }));
    try {
      const report = await observedBatch(context, () =>
        tracedBatch(context, () => runBatch(context, session, epochs(), size)),
      );
      settle(report, taken);
      size = Math.min(config.GROUP_SIZE, size * 2);
      failures = 0;
      if (size === config.GROUP_SIZE) attempts.clear();
      if (report.decision) tellAfter(report.decision);
      return report.full ? 0 : Math.max(1, Math.min(config.SWEEP_MS, report.nextDueMs));
    } catch (error) {
      logger.warn({ size, error }, 'group not committed');
      if (isTransient(error)) {
        failures += 1;
        await sleep(Math.min(longestPauseMs, 10 * 2 ** failures));
      } else if (size > 1) {
        // A cause of the group's own: halve it until the one to blame is alone. The others go through on the way.
        size = Math.ceil(size / 2);
      } else await blame(error);
      return 0;
    }
  }

  /** Not waited for by the next group, only by `stop`. */
  function tellAfter(decision: BatchDecision): void {
    const telling = afterCommit(context, decision, finishVisit).finally(() => underWay.delete(telling));
    underWay.add(telling);
  }

  function settle(report: BatchReport, taken: { tickets: Tickets; ids: string[] }[]): void {
    writeTogether(queueConnection);
    for (const { tickets, ids } of taken) {
      tickets.settle(report.read);
      // Everything due was read: a job that was in hand before and is not among it has nothing left to do.
      if (!report.full) tickets.settle(ids);
    }
    for (const name of report.lost) {
      lanes.get(name)?.onLost();
      lanes.delete(name);
    }
  }

  /** A group of one failed for a cause of its own: count it, and after the last try end the command as failed. */
  async function blame(error: unknown): Promise<void> {
    const command = await nextCommand(context, [...lanes.keys()]).catch(() => null);
    if (!command) return;
    const tries = (attempts.get(command._id) ?? 0) + 1;
    attempts.set(command._id, tries);
    if (tries < config.MAX_ATTEMPTS) return sleep(10 * 2 ** tries);
    const reason = error instanceof Error ? error.message : String(error);
    await failCommand(context, session, epochs(), command, reason).then(
      (failed) => {
        if (!failed) return;
        logger.error({ lane: command.lane, command: command._id, error }, 'command failed for good');
        context.metrics.finished.inc({ kind: command.kind, status: 'failed', code: 'COMMAND_FAILED' });
        lanes.get(command.lane)?.tickets.settle([command._id]);
        tellFailed(context, command);
      },
      (cause: unknown) => logger.warn({ cause }, 'failure not recorded yet'),
    );
    attempts.delete(command._id);
  }

  async function run(): Promise<void> {
    let waitMs = config.SWEEP_MS;
    while (!stopping) {
      const rung = waitMs === 0 || (await bell.wait(waitMs));
      const sweep = !rung && waitMs === config.SWEEP_MS;
      if (stopping || lanes.size === 0 || (sweep && !(await hasDue(context, [...lanes.keys()])))) {
        waitMs = config.SWEEP_MS;
        continue;
      }
      if (sweep) context.metrics.sweepFinds.inc();
      const group = commitGroup();
      inHand = group;
      waitMs = await group;
    }
  }

  const running = run();
  return {
    session,
    ring: bell.ring,
    join(lane) {
      lanes.set(lane.name, lane);
      bell.ring();
    },
    async leave(name) {
      lanes.delete(name);
      await inHand;
    },
    async stop() {
      stopping = true;
      bell.ring();
      await running;
      await Promise.all(underWay);
      await session.endSession();
    },
  };
}

/**
 * BullMQ completes each job with a command of its own. What it writes in this turn of the event loop goes out in one
 * system call instead of one a job.
 */
function writeTogether(redis: RedisClient): void {
  // A node of a cluster that was never asked for anything has no stream yet.
  const streams = primariesOf(redis).flatMap(({ stream }) => stream ?? []);
  for (const stream of streams) stream.cork();
  setImmediate(() => {
    for (const stream of streams) stream.uncork();
  });
}

/** The sweep's look: an idle worker opens no transaction to find out that nothing is due. */
function hasDue({ models, clock, logger }: Context, lanes: string[]): Promise<boolean> {
  const due = native(models, 'commands').findOne(
    { lane: { $in: lanes }, status: 'accepted', dueAt: { $lte: new Date(clock.now()) } },
    { projection: { _id: 1 } },
  );
  return due.then(Boolean, (error: unknown) => {
    logger.warn({ error }, 'sweep could not look');
    return false;
  });
}
