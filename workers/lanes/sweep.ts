import type { CommandDoc } from '../../shared/commands/command.model';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import type { Inbox } from './inbox';

/**
 * How far back due commands are looked for, beyond the time up to which all are known: what was being stored then may show
 * only later.
 */
const marginMs = 3000;
/** How long the message of a command that was just stored may be on its way. */
const onItsWayMs = 100;
/** How often all that is unfinished is looked at, however old: what showed later still, or is a restored backup's. */
const everythingMs = 30_000;

export interface Sweep {
  /** Begins to read due commands. */
  begin(): Reading;
  /** Nothing is certain: due commands are to be read from the first one, by a reading that begins from now on. */
  restart(): void;
  /** Whether some command is due that does not wait in the inbox; asked every SWEEP_MS. */
  findsUnknown(lanes: readonly string[], size: number): Promise<boolean>;
}

export interface Reading {
  /** Nothing that is due earlier is unfinished and unknown. */
  since: Date;
  /** All that is due until `at` is finished, or waits in this process. */
  reached(at: Date): void;
}

/**
 * Looks for due commands that no message and no job has named. An index entry stays for minutes after its command has
 * left the index, for readers of the past, and each look walks over all of those; so it begins where the last one ended.
 */
export function createSweep(
  { models, clock, logger, lifecycle }: Context,
  inbox: Pick<Inbox, 'isWaiting' | 'oldest' | 'size'>,
): Sweep {
  let known = new Date(0);
  let restarts = 0;
  let everythingAt = performance.now() + everythingMs;

  /** What is due since then, oldest first, and until when that is all there is. */
  async function readDue(lanes: readonly string[], since: Date, size: number) {
    const now = new Date(clock.now() - onItsWayMs);
    const due = await native(models, 'commands')
      .find({ lane: { $in: [...lanes] }, status: 'accepted', dueAt: { $gte: since, $lte: now } })
      .project<Pick<CommandDoc, '_id' | 'dueAt'>>({ dueAt: 1 })
      .sort({ dueAt: 1, _id: 1 })
      .limit(size)
      .toArray();
    return { due, unknown: due.filter(({ _id }) => !inbox.isWaiting(_id)), finishedUntil: due[0]?.dueAt ?? now };
  }

  /** Beside the batches, since it walks over all that was finished lately. */
  function lookAtEverything(lanes: readonly string[], size: number): void {
    everythingAt = performance.now() + everythingMs;
    // Batches go on meanwhile: what waits now may be finished when it is found.
    const waited = new Set(inbox.oldest(inbox.size()).map(({ _id }) => _id));
    readDue(lanes, new Date(0), size).then(
      ({ unknown }) => {
        const first = unknown.find(({ _id }) => !waited.has(_id));
        if (!first || first.dueAt >= known) return;
        known = first.dueAt;
        restarts += 1;
      },
      (error: unknown) => {
        if (!lifecycle.stopping) logger.debug({ error }, 'old commands not looked for');
      },
    );
  }

  function begin(): Reading {
    const begunAt = restarts;
    return {
      since: new Date(Math.max(0, known.getTime() - marginMs)),
      reached(at) {
        // A lane that came meanwhile was not read.
        if (restarts === begunAt) known = at;
      },
    };
  }

  return {
    begin,
    restart() {
      known = new Date(0);
      restarts += 1;
    },
    async findsUnknown(lanes, size) {
      if (performance.now() >= everythingAt) lookAtEverything(lanes, size);
      const { since, reached } = begin();
      try {
        const { unknown, finishedUntil } = await readDue(lanes, since, size);
        if (unknown.length === 0) reached(finishedUntil);
        return unknown.length > 0;
      } catch (error) {
        logger.warn({ error }, 'sweep could not look');
        return false;
      }
    },
  };
}
