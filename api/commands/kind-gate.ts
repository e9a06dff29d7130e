import type { CommandKind } from '../../shared/commands/catalogue';
import type { Context } from '../../shared/context';
import { knowsKind } from '../../shared/lanes/knows-kind';
import type { WorkerDoc } from '../../shared/lanes/lane.model';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';

/** Knows which kinds of commands every live worker carries out, so that an upgrade may replace processes in any order. */
export interface KindGate {
  /** @throws Problem SERVICE_UNAVAILABLE while a live worker does not know the kind */
  check(kind: CommandKind): void;
}

/** ms. A worker that comes meanwhile leaves what it does not know to others. */
const pollMs = 1000;
const retryAfterSeconds = 5;

/** Without any live worker everything is accepted: it waits for one. */
export async function openKindGate({ models, logger, lifecycle }: Context): Promise<KindGate> {
  let workers: Pick<WorkerDoc, 'kinds'>[] = [];
  async function poll(): Promise<void> {
    const live = { $expr: { $gt: ['$leaseUntil', '$$NOW'] } };
    workers = await native(models, 'workers').find(live).project<Pick<WorkerDoc, 'kinds'>>({ kinds: 1 }).toArray();
  }
  let polling = false;
  const timer = setInterval(() => {
    if (polling) return;
    polling = true;
    poll()
      .catch((error: unknown) => {
        if (!lifecycle.stopping) logger.debug({ error }, 'live workers not read');
      })
      .finally(() => {
        polling = false;
      });
  }, pollMs);
  lifecycle.onClose('kind gate', () => clearInterval(timer));
  await poll();
  return {
    check(kind) {
      const without = workers.filter((worker) => !knowsKind(worker, kind)).length;
      if (without === 0) return;
      const detail = `An upgrade is under way: ${without} of ${workers.length} workers do not carry out ${kind} yet.`;
      throw new Problem('SERVICE_UNAVAILABLE', { detail, extra: { missing: { workers: detail } }, retryAfterSeconds });
    },
  };
}
