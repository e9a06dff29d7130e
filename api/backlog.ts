import type { Context } from '../shared/context';
import { native } from '../shared/models';
import { Problem } from '../shared/platform/errors';

/** Back-pressure: knows how far behind the lanes are that this API process accepts commands for. */
export interface Backlog {
  /** @throws Problem OVERLOADED while the oldest unfinished command of the lane is older than MAX_BACKLOG_SECONDS */
  check(lane: string): void;
}

/** How often the lanes in use are looked at; a bound on how much is accepted beyond the limit. */
const lookMs = 250;

/**
 * Refusing early is kinder than accepting what can't be carried out soon. Only lanes that somebody asked for since the
 * last look are looked at, with one index lookup each.
 */
export function openBacklog(context: Context): Backlog {
  const { models, clock, config, logger, lifecycle } = context;
  const asked = new Set<string>();
  const ageMs = new Map<string, number>();

  async function look(lane: string): Promise<void> {
    const oldest = await native(models, 'commands').findOne(
      { lane, status: 'accepted' },
      { sort: { dueAt: 1, _id: 1 }, projection: { dueAt: 1 } },
    );
    ageMs.set(lane, oldest ? clock.now() - oldest.dueAt.getTime() : 0);
  }

  let looking = false;
  const timer = setInterval(() => {
    if (looking || asked.size === 0) return;
    const lanes = [...asked];
    asked.clear();
    looking = true;
    Promise.all(lanes.map(look))
      .catch((error: unknown) => logger.debug({ error }, 'backlog not read'))
      .finally(() => {
        looking = false;
      });
  }, lookMs);
  lifecycle.onClose('backlog', () => clearInterval(timer));

  return {
    check(lane) {
      asked.add(lane);
      const behindMs = (ageMs.get(lane) ?? 0) - config.MAX_BACKLOG_SECONDS * 1000;
      if (behindMs > 0) throw new Problem('OVERLOADED', { retryAfterSeconds: 1 + Math.ceil(behindMs / 1000) });
    },
  };
}
