import { type JobsOptions, Queue } from 'bullmq';
import type { Config } from '../platform/config';
import type { Logger } from '../platform/logger';
import type { RedisClient } from '../platform/redis';
import type { RedisRights } from '../platform/redis-rights';
import type { CommandDoc } from './command.model';
import { allLanes } from './lane-of';

/** One BullMQ queue a lane, by lane name. */
export type Queues = ReadonlyMap<string, Queue<JobData>>;

/** A job for one command has its id; one for several names them. It only wakes the lane. */
export interface JobData {
  commands?: string[];
  /** An operator retries the command: it may be older than the ones that were read lately. */
  retried?: boolean;
  /** The job names no command: a hold ends about now. */
  due?: boolean;
  /** The id of a command that failed: the job is there to be shown as failed, with the reason that MongoDB has. */
  failed?: string;
}

/** Completed jobs of a lane that stay for Bull Board, to show that it works; a job may name as many commands as a lane gets in a second. */
export const completedJobs = 50;

/** Failed jobs stay with their reason and no stack. Outcomes are in MongoDB. */
const jobOptions: JobsOptions = {
  attempts: 1,
  removeOnComplete: { count: completedJobs },
  removeOnFail: { count: 1000 },
  stackTraceLimit: 0,
};

/** Each queue has a hash tag of its own, so that a Redis Cluster spreads the lanes over its nodes. */
export function queuePrefix(config: Config, lane: string): string {
  return `${config.QUEUE_PREFIX}:{${lane}}`;
}

export function openQueues(config: Config, connection: RedisClient, { info }: RedisRights, logger: Logger): Queues {
  return new Map(
    allLanes(config).map((lane) => {
      const prefix = queuePrefix(config, lane);
      const queue = new Queue(lane, { connection, prefix, defaultJobOptions: jobOptions, skipVersionCheck: !info });
      queue.on('error', (error) => logger.debug({ lane, error: error.message }, 'queue connection'));
      return [lane, queue];
    }),
  );
}

/**
 * Adds stored commands to the queues of their lanes: one job for those of a lane that are due at the same time, delayed if that is later.
 * A failure loses nothing: the lane's owner finds due commands in MongoDB by itself.
 */
export async function enqueue(queues: Queues, commands: readonly CommandDoc[], now: number): Promise<void> {
  const together = new Map<string, [CommandDoc, ...CommandDoc[]]>();
  for (const command of commands) {
    const key = `${command.lane} ${Math.max(now, command.dueAt.getTime())}`;
    const those = together.get(key);
    if (those) those.push(command);
    else together.set(key, [command]);
  }
  await Promise.all(
    Array.from(together.values(), ([first, ...others]) => {
      const delay = first.dueAt.getTime() - now;
      const opts = delay > 0 ? { delay } : {};
      const queue = queues.get(first.lane);
      if (others.length === 0) return queue?.add(first.kind, {}, { ...opts, jobId: first._id });
      const name = others.every(({ kind }) => kind === first.kind) ? first.kind : 'commands';
      const jobId = `${first._id}-and-${others.length}-more`;
      return queue?.add(name, { commands: [first, ...others].map(({ _id }) => _id) }, { ...opts, jobId });
    }),
  );
}

/** The job that wakes a lane when holds end. @param at milliseconds since 1970 */
export const expiryJobId = (lane: string, at: number) => `expire-${lane}-${at}`;

/** The job that shows a failed command on Bull Board. Not the command's own id: a job with that may still be on its way. */
export const failedJobId = (commandId: string) => `${commandId}-failed`;

/** Makes Bull Board show that a command failed. */
export async function showFailed(
  queues: Queues,
  { lane, kind, _id }: Pick<CommandDoc, '_id' | 'kind' | 'lane'>,
): Promise<void> {
  // One that finds its command retried meanwhile must not stay: its id would keep out the next failure's.
  const options = { jobId: failedJobId(_id), removeOnComplete: true };
  await queues.get(lane)?.add(kind, { failed: _id }, options);
}
