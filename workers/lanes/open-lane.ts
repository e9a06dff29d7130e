import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { queuePrefix } from '../../shared/commands/queues';
import type { Context } from '../../shared/context';
import type { FinishVisit } from '../groups/after-commit';
import { LaneLost } from '../groups/pass-fence';
import type { OwnedLane } from '../groups/run-group';
import { createBell } from './bell';
import { runLaneLoop } from './lane-loop';
import { createTickets } from './tickets';

export interface OpenLane {
  owned: OwnedLane;
  /** Finishes the group in hand and lets go of everything; the lane may then be handed over. */
  stop(): Promise<void>;
}

export interface LaneOptions {
  context: Context;
  /** A patient connection, shared by all lanes of the process. */
  connection: Redis;
  finishVisit: FinishVisit;
  /** Called when the lane turned out to belong to another worker. */
  onLost(lane: string): void;
}

/** Starts carrying out the commands of a lane that this worker owns. */
export function openLane(options: LaneOptions, owned: OwnedLane): OpenLane {
  const { context, connection, finishVisit, onLost } = options;
  const { config, logger } = context;
  const bell = createBell();
  const tickets = createTickets(bell.ring);
  let stopping = false;

  const worker = new Worker(owned.name, (job) => tickets.take(job.id ?? ''), {
    connection,
    prefix: queuePrefix(config, owned.name),
    concurrency: config.GROUP_SIZE,
    // A job that stalls with its worker is only a message: it may come again as often as it likes.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    removeOnComplete: { count: 0 },
  });
  // What BullMQ complains about (a lost lock, a missing key) never changes an outcome: MongoDB has it.
  worker.on('error', (error) => logger.debug({ lane: owned.name, error: error.message }, 'bullmq'));

  const loop = runLaneLoop({ context, lane: owned, bell, tickets, finishVisit, stopping: () => stopping }).catch(
    (error: unknown) => {
      if (!(error instanceof LaneLost)) logger.error({ lane: owned.name, error }, 'lane stopped');
      onLost(owned.name);
    },
  );

  return {
    owned,
    async stop() {
      stopping = true;
      bell.ring();
      await Promise.all([worker.pause(true), loop]);
      tickets.settle(tickets.waiting());
      await Promise.all([worker.close(), owned.session.endSession()]);
    },
  };
}
