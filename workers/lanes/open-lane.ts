import { type Job, UnrecoverableError, Worker } from 'bullmq';
import { type JobData, queuePrefix } from '../../shared/commands/queues';
import type { Context } from '../../shared/context';
import type { RedisClient } from '../../shared/platform/redis';
import type { Committer } from './committer';
import { createTickets } from './tickets';

export interface OpenLane {
  name: string;
  epoch: number;
  /** Finishes the group in hand and takes no more; the lane may then be handed over. */
  leave(): Promise<void>;
  /** After `leave`: lets go of the jobs, which the next owner need not wait for. */
  close(): Promise<void>;
}

/**
 * Starts carrying out the commands of a lane that this worker owns.
 * @param connection a patient one, shared by all lanes of the process
 * @param onLost called when the lane turned out to belong to another worker
 */
export function openLane(
  { config, logger }: Context,
  connection: RedisClient,
  committer: Committer,
  { name, epoch }: Pick<OpenLane, 'name' | 'epoch'>,
  onLost: () => void,
): OpenLane {
  const tickets = createTickets(committer.ring);
  const worker = new Worker<JobData>(name, async (job) => tickets.take(commandsOf(job)), {
    connection,
    prefix: queuePrefix(config, name),
    concurrency: config.GROUP_SIZE,
    // A job that stalls with its worker is only a message: it may come again as often as it likes.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    removeOnComplete: { count: 0 },
  });
  // What BullMQ complains about (a lost lock, a missing key) never changes an outcome: MongoDB has it.
  worker.on('error', (error) => logger.debug({ lane: name, error: error.message }, 'bullmq'));
  committer.join({ name, epoch, tickets, onLost });

  return {
    name,
    epoch,
    async leave() {
      await Promise.all([worker.pause(true), committer.leave(name)]);
    },
    async close() {
      tickets.close();
      await worker.close();
    },
  };
}

/** What is in Redis is not trusted: a job with anything else in it only rings. */
function commandsOf({ id, data }: Job<JobData>): string[] {
  if (typeof data.failed === 'string') throw new UnrecoverableError(data.failed);
  return Array.isArray(data.commands) ? data.commands : [id ?? ''];
}
