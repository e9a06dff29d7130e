import type { Context } from '../../shared/context';
import { takeTurn } from '../audit/turn';
import { createSignal } from '../lanes/signal';
import { deleteOld, retentionId } from './delete-old';

const everyMs = 3_600_000;
/** How long a worker that has died keeps its turn, and how often a worker checks whether it is time, ms. */
const leaseMs = 60_000;
const pollMs = 30_000;

/** Deletes what is older than the settings say, once an hour, in one of all workers at a time. */
export function startRetention(context: Context): void {
  const { models, newId, logger, lifecycle } = context;
  const workerId = newId('retention');
  const signal = createSignal();
  const stopping = new AbortController();

  async function walk(): Promise<void> {
    const turn = await takeTurn(models, workerId, leaseMs, retentionId);
    if (!turn) return;
    const renewing = setInterval(() => {
      turn.renew().catch((error: unknown) => logger.debug({ error }, 'retention: turn not renewed'));
    }, leaseMs / 3);
    try {
      logger.info({ deleted: await deleteOld(context, stopping.signal) }, 'old documents deleted');
      await turn.end(everyMs);
    } catch (error) {
      await turn.end(0);
      throw error;
    } finally {
      clearInterval(renewing);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await walk().catch((error: unknown) => {
        if (!stopping.signal.aborted) logger.warn({ error }, 'old documents not deleted');
      });
      await signal.wait(pollMs);
    }
  }

  const running = run();
  lifecycle.onClose('retention', async () => {
    stopping.abort();
    signal.raise();
    await running;
  });
}
