import { type JobsOptions, Queue } from 'bullmq';
import type { Config } from '../platform/config';
import type { Logger } from '../platform/logger';
import type { RedisClient } from '../platform/redis';
import type { CommandDoc } from './command.model';
import { allLanes } from './lane-of';

/** One BullMQ queue a lane, by lane name. A job carries nothing but the command's id, as its own id. */
export type Queues = ReadonlyMap<string, Queue>;

/** Failed jobs stay for Bull Board, with their reason and no stack; finished ones go: their outcome is in MongoDB. */
const jobOptions: JobsOptions = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: { count: 1000 },
  stackTraceLimit: 0,
};

/** Each queue has a hash tag of its own, so that a Redis Cluster spreads the lanes over its nodes. */
export function queuePrefix(config: Config, lane: string): string {
  return `${config.QUEUE_PREFIX}:{${lane}}`;
}

export function openQueues(config: Config, connection: RedisClient, logger: Logger): Queues {
  return new Map(
    allLanes(config).map((lane) => {
      const queue = new Queue(lane, { connection, prefix: queuePrefix(config, lane), defaultJobOptions: jobOptions });
      queue.on('error', (error) => logger.debug({ lane, error: error.message }, 'queue connection'));
      return [lane, queue];
    }),
  );
}

/**
 * Tells the lanes of stored commands, one `addBulk` a lane, each with its delay if it is due later.
 * A failure loses nothing: the lane's owner finds due commands in MongoDB by itself.
 */
export async function announce(queues: Queues, commands: readonly CommandDoc[], now: number): Promise<void> {
  const jobsOf = new Map<string, { name: string; data: object; opts: JobsOptions }[]>();
  for (const command of commands) {
    const delay = command.dueAt.getTime() - now;
    const job = { name: command.kind, data: {}, opts: { jobId: command._id, ...(delay > 0 && { delay }) } };
    const jobs = jobsOf.get(command.lane);
    if (jobs) jobs.push(job);
    else jobsOf.set(command.lane, [job]);
  }
  await Promise.all(Array.from(jobsOf, ([lane, jobs]) => queues.get(lane)?.addBulk(jobs)));
}
