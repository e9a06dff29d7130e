import { type Job, Worker } from 'bullmq';
import { type JobData, queuePrefix } from '../../shared/commands/queues';
import type { Context } from '../../shared/context';
import type { RedisClient } from '../../shared/platform/redis';
import { isRedisRefusal } from '../../shared/platform/redis-rights';
import { isSocketError } from '../../shared/platform/store-errors';
import type { CommittedLane, Committer } from './committer';
import { createJobsInFlight, type JobsInFlight } from './jobs-in-flight';

/** How long a worker of BullMQ asks for nothing after Redis has refused it a right, or failed it often, ms. */
const restMs = 5000;
/** Errors in a second from which on they count as one that will not pass. */
const maxErrors = 10;

export interface OpenLane {
  name: string;
  epoch: number;
  /** Finishes the batch in flight and takes no more; the lane may then be handed over. */
  leave(): Promise<void>;
  /** After `leave`: completes the jobs, which the next owner need not wait for. */
  close(): Promise<void>;
}

/**
 * Starts carrying out the commands of a lane that this worker owns.
 * @param connection a patient one, shared by all lanes of the process
 * @param listeners called when the lane turned out to belong to another worker, or to be for one of another version
 */
export function openLane(
  context: Context,
  connection: RedisClient,
  committer: Committer,
  { name, epoch }: Pick<OpenLane, 'name' | 'epoch'>,
  listeners: Pick<CommittedLane, 'onLost' | 'onUnknown'>,
): OpenLane {
  const { config, logger, redisRights } = context;
  const jobs = createJobsInFlight();
  const worker = new Worker<JobData>(name, (job) => carry(context, committer, jobs, job), {
    connection,
    prefix: queuePrefix(config, name),
    // It would ask by INFO.
    skipVersionCheck: !redisRights.info,
    // As many as a batch has commands, should each have a job of its own.
    concurrency: config.GROUP_SIZE,
    // A job that stalls with its worker is only a message: it may come again as often as it likes.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
  });
  let left = false;
  let resting: NodeJS.Timeout | undefined;
  const errorsAtOnce = createBurst();
  // What BullMQ complains about (a lost lock, a missing key) never changes an outcome: MongoDB has it.
  worker.on('error', (error) => {
    logger.debug({ lane: name, error: error.message }, 'bullmq');
    if (isRedisRefusal(error)) rest('error', error, 'Redis refuses what jobs need');
    else if (!mayPass(error) && errorsAtOnce()) rest('warn', error, 'jobs fail again and again');
  });

  /** BullMQ asks again at once. The sweep finds the commands meanwhile. */
  function rest(level: 'error' | 'warn', error: Error, message: string): void {
    if (resting || left) return;
    logger[level]({ lane: name, error }, message);
    void worker.pause(true);
    resting = setTimeout(() => {
      resting = undefined;
      if (!left) void worker.resume();
    }, restMs);
  }

  committer.join({ name, epoch, jobs, ...listeners });

  return {
    name,
    epoch,
    async leave() {
      left = true;
      clearTimeout(resting);
      await Promise.all([worker.pause(true), committer.leave(name)]);
    },
    async close() {
      jobs.close();
      await worker.close();
    },
  };
}

/** A lost lock or a missing key, and a connection that is down: BullMQ waits longer after each try to get one. */
function mayPass(error: Error): boolean {
  return /^Missing|lock|Connection is closed/i.test(error.message) || isSocketError(error);
}

/** Answers whether it was called more than `maxErrors` times within a second. */
function createBurst(): () => boolean {
  let since = 0;
  let count = 0;
  return () => {
    const now = performance.now();
    if (now - since > 1000) [since, count] = [now, 0];
    count += 1;
    return count > maxErrors;
  };
}

/** What is in Redis is not trusted: it says which commands may be final, never what becomes of them. */
async function carry(
  context: Context,
  { inbox }: Committer,
  jobs: JobsInFlight,
  { id = '', data }: Job<JobData>,
): Promise<void> {
  if (typeof data?.failed === 'string') return showFailure(context, data.failed);
  if (data?.due === true) return inbox.miss('due');
  const commandIds = Array.isArray(data?.commands) ? data.commands : [id];
  if (data?.retried === true || !inbox.knows(commandIds)) inbox.miss('anything');
  return jobs.add(commandIds.filter((one) => !inbox.isFinished(one)));
}

/** @throws the reason why the command failed, unless it was retried meanwhile */
async function showFailure({ models }: Context, commandId: string): Promise<void> {
  const failed = await models.commands.findOne({ _id: commandId, status: 'failed' }, { problem: 1 }).lean();
  if (failed) throw new Error(failed.problem?.detail);
}
