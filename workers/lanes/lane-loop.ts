import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { afterCommit, type FinishVisit } from '../groups/after-commit';
import { failCommand, nextCommandId } from '../groups/fail-command';
import { isPassing } from '../groups/is-passing';
import { LaneLost } from '../groups/pass-fence';
import { type GroupReport, type OwnedLane, runGroup } from '../groups/run-group';
import type { Bell } from './bell';
import type { Tickets } from './tickets';

export interface LaneLoop {
  context: Context;
  lane: OwnedLane;
  bell: Bell;
  tickets: Tickets;
  finishVisit: FinishVisit;
  stopping(): boolean;
}

/** Waits between tries grow from 20 ms to at most this. */
const longestPauseMs = 1000;

/**
 * Carries out a lane's commands group by group until it is told to stop. Jobs and the sweep both only ring the bell: one
 * path reads what is due. A lone command commits at once; what comes meanwhile is the next group.
 * @throws LaneLost when another worker owns the lane
 */
export async function runLaneLoop(loop: LaneLoop): Promise<void> {
  const { context, lane, bell, tickets, stopping } = loop;
  const attempts = new Map<string, number>();
  let singly = 0;
  let failures = 0;
  let waitMs = 0;
  while (!stopping()) {
    if (waitMs > 0) {
      const rung = await bell.wait(waitMs);
      const sweep = !rung && waitMs === context.config.SWEEP_MS;
      if (sweep && !(await hasDue(context, lane.name))) continue;
    }
    const taken = tickets.waiting();
    const size = singly > 0 ? 1 : context.config.GROUP_SIZE;
    try {
      const report = await runGroup(context, lane, size);
      settle(loop, taken, report);
      singly = Math.max(0, singly - 1);
      failures = 0;
      waitMs = report.full ? 0 : Math.max(1, Math.min(context.config.SWEEP_MS, report.nextDueMs));
    } catch (error) {
      if (error instanceof LaneLost) throw error;
      if (!isPassing(error) && size > 1) singly = context.config.GROUP_SIZE;
      else if (!isPassing(error)) await blame(loop, attempts, error);
      context.logger.warn({ lane: lane.name, size, error }, 'group not committed');
      await pause(20 * 2 ** Math.min(failures, 10));
      failures += 1;
      waitMs = 0;
    }
  }
}

function settle(loop: LaneLoop, taken: string[], report: GroupReport): void {
  const { context, tickets, finishVisit } = loop;
  tickets.settle(report.read);
  // Everything due was read: a job that was in hand before and is not among it has nothing left to do.
  if (!report.full) tickets.settle(taken);
  if (report.decision) void afterCommit(context, report.decision, finishVisit);
}

/** A group of one failed for a cause of its own: count it, and after the last try end the command as failed. */
async function blame(
  { context, lane, tickets }: LaneLoop,
  attempts: Map<string, number>,
  error: unknown,
): Promise<void> {
  const id = await nextCommandId(context, lane.name);
  if (id === null) return;
  const tries = (attempts.get(id) ?? 0) + 1;
  attempts.set(id, tries);
  if (tries < context.config.MAX_ATTEMPTS) return;
  const reason = error instanceof Error ? error.message : String(error);
  await failCommand(context, lane, id, reason);
  attempts.delete(id);
  tickets.fail(id, reason);
  context.logger.error({ lane: lane.name, command: id, error }, 'command failed for good');
}

async function hasDue({ models, clock, logger }: Context, lane: string): Promise<boolean> {
  const due = native(models, 'commands').findOne(
    { lane, status: 'accepted', dueAt: { $lte: new Date(clock.now()) } },
    { projection: { _id: 1 } },
  );
  return due.then(Boolean, (error: unknown) => {
    logger.warn({ lane, error }, 'sweep could not look');
    return false;
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(ms, longestPauseMs)));
}
