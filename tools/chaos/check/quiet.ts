import { setTimeout as sleep } from 'node:timers/promises';
import { type Models, native } from '../../../shared/models';

/**
 * Waits until no command is unfinished, the ends of holds included.
 * @returns milliseconds until all that was due was done, and how many were unfinished when time was up
 */
export async function untilQuiet(models: Models, deadlineMs: number): Promise<{ dueMs: number; unfinished: number }> {
  const start = performance.now();
  const commands = native(models, 'commands');
  let dueMs: number | null = null;
  for (;;) {
    const unfinished = await commands.countDocuments({ status: 'accepted' }).catch(() => Infinity);
    const due = unfinished && (await commands.countDocuments(dueNow).catch(() => Infinity));
    const ms = performance.now() - start;
    if (due === 0) dueMs ??= ms;
    if (unfinished === 0 || ms > deadlineMs) return { dueMs: Math.round(dueMs ?? ms), unfinished };
    await sleep(50);
  }
}

const dueNow = { status: 'accepted' as const, $expr: { $lte: ['$dueAt', '$$NOW'] } };
