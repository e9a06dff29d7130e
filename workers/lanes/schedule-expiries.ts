import type { CommandDoc } from '../../shared/commands/command.model';
import { expiryJobId, type Queues } from '../../shared/commands/queues';
import type { Clock } from '../../shared/platform/clock';

export type ScheduleExpiries = (expiries: readonly CommandDoc[]) => Promise<void>;

/** Expiries of a lane that are due within the same slot of this many milliseconds share a delayed job. */
const slotMs = 10;
/** Slots that this process remembers to have a job; one that it forgot is only enqueued once more, to no effect. */
const maxSlots = 20_000;

/**
 * Adds the delayed jobs that wake the lanes when holds end. A job names nothing: at its time the lane's owner reads what
 * is due, and finds nothing if the holds were paid.
 */
export function createScheduleExpiries(queues: Queues, clock: Clock): ScheduleExpiries {
  const scheduled = new Set<string>();
  return async (expiries) => {
    const slots = new Map<string, { lane: string; at: number }>();
    for (const { lane, dueAt } of expiries) {
      const at = Math.ceil(dueAt.getTime() / slotMs) * slotMs;
      const id = expiryJobId(lane, at);
      if (!scheduled.has(id)) slots.set(id, { lane, at });
    }
    for (const id of slots.keys()) scheduled.add(id);
    for (const id of scheduled) {
      if (scheduled.size <= maxSlots) break;
      scheduled.delete(id);
    }
    await Promise.all(
      Array.from(slots, ([jobId, { lane, at }]) =>
        queues.get(lane)?.add('hold.expire', { due: true }, { jobId, delay: Math.max(0, at - clock.now()) }),
      ),
    );
  };
}
