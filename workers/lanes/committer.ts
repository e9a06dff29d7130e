import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientSession } from 'mongodb';
import type { Context } from '../../shared/context';
import { type RedisClient, sendTogether } from '../../shared/platform/redis';
import { type AfterCommitWork, afterCommit, publishFailed } from '../batches/after-commit';
import type { BatchDecision } from '../batches/decide-batch';
import { failCommand, nextCommand } from '../batches/fail-command';
import { isRefused, isTransient } from '../batches/is-transient';
import { createMemory } from '../batches/memory';
import { logFields, observedBatch } from '../batches/observed-batch';
import { type BatchReport, runBatch } from '../batches/run-batch';
import { tracedBatch } from '../batches/traced-batch';
import { OutOfDate } from '../batches/write-batch';
import { createGathering } from './gathering';
import { createInbox, type Inbox } from './inbox';
import type { JobsInFlight } from './jobs-in-flight';
import { createSignal } from './signal';
import { createSweep, type Reading } from './sweep';

/** A lane while a committer carries out its commands. */
export interface CommittedLane {
  name: string;
  epoch: number;
  jobs: JobsInFlight;
  /** Called when the lane turned out to have a newer owner. */
  onLost(): void;
  /** Called when a command is next that is of a kind which this version does not know: nothing more of the lane is carried out. */
  onUnknown(kind: string): void;
}

/**
 * Carries out the commands of this worker's lanes, batch by batch, one transaction at a time. A lone command commits at
 * once; what comes meanwhile is the next batch, over all lanes, so that batches grow with the load whatever the number of
 * lanes. What waits is known from the messages of API processes; what was missed is read.
 */
export interface Committer {
  session: ClientSession;
  inbox: Inbox;
  join(lane: CommittedLane): void;
  /** Resolves when no batch of the lane is in flight. */
  leave(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Waits between tries while a store is away grow from 20 ms to at most this. */
const maxPauseMs = 1000;

/** @param queueConnection the one on which BullMQ's workers of this process complete their jobs */
export function startCommitter(context: Context, queueConnection: RedisClient, work: AfterCommitWork): Committer {
  const { config, connection, logger } = context;
  // A causally consistent session would wait, at each begin, for what it has committed itself.
  const session = connection.getClient().startSession({ causalConsistency: false });
  const lanes = new Map<string, CommittedLane>();
  const attempts = new Map<string, number>();
  const signal = createSignal();
  const inbox = createInbox(context, signal.raise);
  const sweep = createSweep(context, inbox);
  const gathering = createGathering();
  const memory = createMemory();
  const pending = new Set<Promise<void>>();
  let stopping = false;
  let size = config.GROUP_SIZE;
  /** How many commands the last batch left for the next one. */
  let left = 0;
  let failures = 0;
  /** Whether the last batch was decided upon what is not so: what was remembered, or what is not stored. */
  let outOfDate = false;
  let inFlight: Promise<unknown> = Promise.resolve();
  /** When to read what is due, by the monotonic clock: some command waits for its time, or it is time to sweep. */
  let dueAt = Infinity;
  let sweepAt = 0;

  const epochs = () => new Map(Array.from(lanes.values(), ({ name, epoch }) => [name, epoch]));

  async function commitBatch(reads: boolean): Promise<void> {
    const jobs = [...lanes.values()].map((lane) => ({ lane, ids: lane.jobs.waiting() }));
    const reading = reads ? sweep.begin() : null;
    // What is left from batch to batch takes nobody's place, unless the command to blame is looked for.
    const most = size === config.GROUP_SIZE ? size + left : size;
    const wanted = { commands: inbox.oldest(size), read: reading && { size: most, since: reading.since } };
    try {
      const report = await observedBatch(context, () =>
        tracedBatch(context, () => runBatch(context, session, epochs(), wanted, memory)),
      );
      complete(report, reading, jobs);
      size = Math.min(config.GROUP_SIZE, size * 2);
      failures = 0;
      outOfDate = false;
      if (size === config.GROUP_SIZE) attempts.clear();
    } catch (error) {
      memory.forget();
      // What was remembered, or a command that this snapshot, taken beside other workers' commits, did not have yet.
      if (error instanceof OutOfDate && !reads && !outOfDate) {
        outOfDate = true;
        return;
      }
      inbox.forget();
      const refused = isRefused(error);
      logger[refused ? 'error' : 'warn']({ size, error }, 'batch not committed');
      if (refused || isTransient(error)) await pause();
      else if (size > 1) {
        // A cause of the batch's own: halve it until the command to blame is alone. The others go through on the way.
        size = Math.ceil(size / 2);
      } else if (reading) await blame(reading.since, error);
    }
  }

  function pause(): Promise<void> {
    failures += 1;
    return sleep(Math.min(maxPauseMs, 10 * 2 ** failures));
  }

  function complete(
    report: BatchReport,
    reading: Reading | null,
    jobs: { lane: CommittedLane; ids: string[] }[],
  ): void {
    const { decision, now, read, later, putOff, full, lost, unknown, nextDueMs, readUntil } = report;
    inbox.finish(finishedBy(decision));
    inbox.putOff(putOff);
    left = later.length;
    if (full) inbox.miss('due');
    reading?.reached(full ? readUntil : oldestOf(readUntil));
    dueAt = Math.min(dueAt, performance.now() + Math.max(1, nextDueMs));
    // BullMQ completes each job with a command of its own.
    sendTogether(queueConnection);
    for (const { lane, ids } of jobs) {
      lane.jobs.complete(read);
      // Everything due was read: a job that was in flight before and is not among it has nothing left to do.
      if (reading && !full) lane.jobs.complete(ids);
    }
    for (const name of lost) {
      lanes.get(name)?.onLost();
      drop(name);
    }
    for (const [name, kind] of unknown) {
      lanes.get(name)?.onUnknown(kind);
      drop(name);
    }
    if (decision) publishAfter(afterCommit(context, decision, now, work));
  }

  /** Not waited for by the next batch, only by `stop`. */
  function publishAfter(published: Promise<void>): void {
    const settled = published.finally(() => pending.delete(settled));
    pending.add(settled);
  }

  const oldestOf = (until: Date): Date => {
    const oldest = inbox.oldest(1)[0]?.dueAt ?? until;
    return oldest < until ? oldest : until;
  };

  function drop(name: string): void {
    lanes.delete(name);
    inbox.leave(name);
    memory.forget();
  }

  /** A batch of one failed for a cause of its own: count it, and after the last try end the command as failed. */
  async function blame(since: Date, error: unknown): Promise<void> {
    const command = await nextCommand(context, [...lanes.keys()], since).catch(() => null);
    if (!command) return pause();
    const tries = (attempts.get(command._id) ?? 0) + 1;
    attempts.set(command._id, tries);
    if (tries < config.MAX_ATTEMPTS) return sleep(10 * 2 ** tries);
    const reason = error instanceof Error ? error.message : String(error);
    await failCommand(context, session, epochs(), command, reason).then(
      (failed) => {
        if (!failed) return;
        logger.error({ ...logFields(command), code: 'COMMAND_FAILED', error }, 'command failed for good');
        context.metrics.finished.inc({ kind: command.kind, status: 'failed', code: 'COMMAND_FAILED' });
        lanes.get(command.lane)?.jobs.complete([command._id]);
        publishFailed(context, { ...command, ...failed });
      },
      (cause: unknown) => logger.warn({ cause }, 'failure not recorded yet'),
    );
    attempts.delete(command._id);
  }

  /** Whether there is a batch to run, and whether it reads what is due. */
  async function whatNext(): Promise<'nothing' | 'known' | 'read'> {
    if (lanes.size === 0) return 'nothing';
    const now = performance.now();
    if (now >= dueAt) {
      dueAt = Infinity;
      return 'read';
    }
    if (!inbox.hasMissed() && now >= sweepAt) {
      sweepAt = now + config.SWEEP_MS;
      if (await sweep.findsUnknown([...lanes.keys()], size)) {
        context.metrics.sweepFinds.inc();
        return 'read';
      }
    }
    if (inbox.hasMissed()) return 'read';
    return inbox.size() > 0 ? 'known' : 'nothing';
  }

  const untilNext = () => (lanes.size === 0 ? config.SWEEP_MS : Math.min(sweepAt, dueAt) - performance.now());

  async function run(): Promise<void> {
    while (!stopping) {
      const next = await whatNext();
      if (next === 'nothing') {
        await signal.wait(Math.max(1, untilNext()));
        continue;
      }
      // Neither the end of the process nor a reading waits.
      const waiting = () => (stopping || inbox.hasMissed() ? Infinity : inbox.size());
      if (next === 'known') await gathering.wait(waiting, size, signal.wait, untilNext());
      const began = performance.now();
      const had = Math.min(size, inbox.size());
      // Something may have been missed while it waited; from here to the reading nothing can be.
      const missed = inbox.takeMissed();
      if (missed === 'anything') sweep.restart();
      const batch = commitBatch(next === 'read' || missed !== 'nothing');
      inFlight = batch;
      await batch;
      gathering.learn(had + inbox.size(), performance.now() - began);
    }
  }

  const running = run();
  return {
    session,
    inbox,
    join(lane) {
      lanes.set(lane.name, lane);
      inbox.join(lane.name);
      memory.forget();
    },
    async leave(name) {
      drop(name);
      await inFlight;
    },
    async stop() {
      stopping = true;
      signal.raise();
      await running;
      await Promise.all(pending);
      await session.endSession();
    },
  };
}

function finishedBy(decision: BatchDecision | null): string[] {
  const final = decision?.decided.filter(({ outcome }) => outcome.status !== 'deferred') ?? [];
  return [...final.map(({ command }) => command._id), ...(decision?.skip ?? [])];
}
