import type { CommandDoc } from '../../shared/commands/command.model';
import type { Context } from '../../shared/context';
import { Problem } from '../../shared/platform/errors';

/** Back-pressure: knows how far behind the lanes are that this API process accepts commands for. */
export interface Backlog {
  /** @throws Problem OVERLOADED while this process' oldest unfinished command of the lane is older than MAX_BACKLOG_SECONDS */
  check(lane: string): void;
  /** Commands that this process has stored. */
  add(commands: readonly CommandDoc[]): void;
  /** Commands that are final. */
  finish(commandIds: readonly string[]): void;
}

/** ms. Age of a command at which its lane is polled, and the interval of the polls: a bound on how much is accepted beyond the limit. */
const pollMs = 250;

/** ms. How long a poll counts: a lane that was not polled since may have caught up. */
const validMs = 4 * pollMs;

interface Lane {
  /** This process' unfinished commands, oldest first, and when they were accepted, ms. */
  unfinished: Map<string, number>;
  /** When the oldest of them was accepted, as of the last poll; null while nothing is late. */
  oldest: number | null;
  /** Time of that poll, by the monotonic clock. */
  polledAt: number;
}

/** Commands of a lane in one poll: a process that missed messages of outcomes catches up this fast. */
const maxFirsts = 100;

/**
 * Refusing early is kinder than accepting what can't be carried out soon. A lane that finishes this process' commands at
 * once is not behind; of one that does not, the first commands are polled in MongoDB, by id.
 */
export function openBacklog(context: Context): Backlog {
  const { models, clock, config, logger, lifecycle } = context;
  const lanes = new Map<string, Lane>();
  const laneOf = new Map<string, string>();

  function isLate({ unfinished }: Lane): boolean {
    const [first] = unfinished.values();
    return first !== undefined && clock.now() - first > pollMs;
  }

  /** A lane carries its commands out in order, so the first that is unfinished is as old as the lane is behind. */
  async function poll(late: readonly Lane[]): Promise<void> {
    const firsts = late.map(({ unfinished }) => [...unfinished.keys()].slice(0, maxFirsts));
    const filter = { _id: { $in: firsts.flat() }, status: 'accepted' as const };
    const found = await models.commands.find(filter, { _id: 1 }).lean();
    const waiting = new Set(found.map(({ _id }) => _id));
    for (const [index, lane] of late.entries()) {
      // What is not there is final, whatever became of the message that said so.
      for (const id of firsts[index] ?? []) {
        if (waiting.has(id)) break;
        forget(lane, id);
      }
      lane.oldest = lane.unfinished.values().next().value ?? null;
      lane.polledAt = performance.now();
    }
  }

  function forget(lane: Lane, id: string): void {
    lane.unfinished.delete(id);
    laneOf.delete(id);
    if (!isLate(lane)) lane.oldest = null;
  }

  let polling = false;
  const timer = setInterval(() => {
    const late = [...lanes.values()].filter(isLate);
    if (polling || late.length === 0) return;
    polling = true;
    poll(late)
      .catch((error: unknown) => logger.debug({ error }, 'backlog not read'))
      .finally(() => {
        polling = false;
      });
  }, pollMs);
  lifecycle.onClose('backlog', () => clearInterval(timer));

  return {
    check(name) {
      const lane = lanes.get(name);
      if (!lane || performance.now() - lane.polledAt > validMs) return;
      const behindMs = clock.now() - (lane.oldest ?? Infinity) - config.MAX_BACKLOG_SECONDS * 1000;
      if (behindMs > 0) throw new Problem('OVERLOADED', { retryAfterSeconds: 1 + Math.ceil(behindMs / 1000) });
    },
    add(commands) {
      for (const { _id, lane: name, acceptedAt } of commands) {
        const lane = lanes.get(name) ?? { unfinished: new Map(), oldest: null, polledAt: 0 };
        lanes.set(name, lane);
        lane.unfinished.set(_id, acceptedAt.getTime());
        laneOf.set(_id, name);
      }
    },
    finish(ids) {
      for (const id of ids) {
        const lane = lanes.get(laneOf.get(id) ?? '');
        if (lane) forget(lane, id);
      }
    },
  };
}
