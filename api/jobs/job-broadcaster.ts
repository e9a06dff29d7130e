import type { QueryFilter } from 'mongoose';
import type { CommandDoc } from '../../shared/commands/command.model';
import { decodeOutcomes, outcomeChannel } from '../../shared/commands/outcome-channel';
import type { Context } from '../../shared/context';
import type { Channels } from '../streams/subscriptions';
import { createJobPage, type JobPage, type TellJob } from './job-page';

/** Tells the live pages of one process which of their users' commands have become final. */
export interface JobFeed {
  /**
   * Reads what has finished since a time; costs as much as the user has commands.
   * @returns how to begin: first those, oldest first, then each command when it finishes, at least once
   */
  open(userId: string, since: Date): Promise<{ join(tell: TellJob): () => void }>;
}

type Needs = Pick<Context, 'config' | 'models' | 'clock' | 'logger' | 'lifecycle'> & { channels: Channels };

/** ms. Ids that are heard of within this time are read together. */
const gatherMs = 30;
/** ms. A command shows only after its `finishedAt`: by as much as its transaction took, and that is ten seconds at most. */
export const lateMs = 15_000;
/** Users looked after in one query, and how long that many are left alone after it, ms. */
const perQuery = 100;
const restMs = 1000;

/**
 * Workers say on Redis which commands are final. Since that may be lost, what listening users' commands have come to is
 * also read every STREAM_CHECK_MS, and when Redis was away.
 */
export function createJobFeed({ config, models, clock, logger, lifecycle, channels }: Needs): JobFeed {
  const pages = new Map<string, Set<JobPage>>();
  const heard = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let checkedAt = clock.now();
  let checking = false;

  /** Commands without a key are the product's own, and nobody's jobs. */
  const find = (filter: QueryFilter<CommandDoc>) =>
    models.commands.find({ ...filter, key: { $type: 'string' }, status: { $ne: 'accepted' } }).lean<CommandDoc[]>();

  function tell(commands: readonly CommandDoc[]): void {
    for (const command of commands) for (const page of pages.get(command.userId) ?? []) page.take([command]);
  }

  function add(userId: string, page: JobPage): () => void {
    const those = pages.get(userId) ?? new Set();
    pages.set(userId, those.add(page));
    return () => {
      those.delete(page);
      if (those.size === 0 && pages.get(userId) === those) pages.delete(userId);
    };
  }

  async function lookAtHeard(): Promise<void> {
    const ids = [...heard];
    heard.clear();
    tell(await find({ _id: { $in: ids }, userId: { $in: [...pages.keys()] } }));
  }

  function hear(message: string): void {
    if (pages.size === 0) return;
    for (const { _id, userId } of decodeOutcomes(message)) if (pages.has(userId)) heard.add(_id);
    if (heard.size === 0) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      // What could not be read is found by the next check.
      lookAtHeard().catch((error: unknown) => logger.debug({ error }, 'finished jobs not read'));
    }, gatherMs);
  }

  async function check(): Promise<void> {
    const startedAt = clock.now();
    const since = checkedAt - lateMs;
    const users = [...pages.keys()];
    for (let from = 0; from < users.length; from += perQuery) {
      const some = users.slice(from, from + perQuery);
      tell(await find({ userId: { $in: some }, finishedAt: { $gt: new Date(since) } }).hint({ userId: 1, key: 1 }));
    }
    for (const those of pages.values()) for (const page of those) page.forgetBefore(since - lateMs);
    checkedAt = startedAt;
  }

  function checkOnce(): void {
    if (checking) return;
    checking = true;
    check()
      .catch((error: unknown) => logger.debug({ error }, 'jobs not checked'))
      .finally(() => {
        checking = false;
      });
  }

  const stop = channels.listen(outcomeChannel(config), hear);
  channels.onReturn(checkOnce);
  const interval = setInterval(() => {
    if (clock.now() - checkedAt >= (pages.size / perQuery) * restMs) checkOnce();
  }, config.STREAM_CHECK_MS);
  lifecycle.onClose('job feed', () => {
    clearInterval(interval);
    clearTimeout(timer);
    stop();
  });

  return {
    async open(userId, since) {
      const page = createJobPage();
      // What finishes during the reading may be missing in it.
      const pause = add(userId, page);
      try {
        page.take(await find({ userId, finishedAt: { $gt: since } }).hint({ userId: 1, key: 1 }));
      } finally {
        pause();
      }
      return {
        join(begun) {
          page.begin(begun);
          return add(userId, page);
        },
      };
    },
  };
}
