import type { Context } from '../../shared/context';
import type { Metrics } from '../../shared/metrics/metrics';
import { createWaitingRoom, roomOptions } from '../../shared/waiting-room/waiting-room';
import { createSignal } from '../lanes/signal';
import type { RoomCounter } from './rooms-pass';
import { type AuditResult, runAudit } from './run-audit';
import { type Turn, takeTurn } from './turn';

export interface ScheduleOptions {
  everyMs: number;
  /** Only of the worker whose turn it was. */
  onResult(result: AuditResult): void;
  rooms?: RoomCounter;
  /** How long a silent worker keeps its turn. */
  leaseMs?: number;
  /** How often a worker checks whether it is time. */
  pollMs?: number;
}

/**
 * Audits now and then, in one of all workers at a time. What is broken is logged as `error`, one line a violation.
 * An audit that can't run (a store is away) is tried again soon.
 */
export function scheduleAudit(context: Context, options: ScheduleOptions): { stop(): Promise<void> } {
  const { everyMs, onResult, rooms, leaseMs = 30_000, pollMs = 10_000 } = options;
  const { connection, models, clock, logger, newId } = context;
  const workerId = newId('audit');
  const signal = createSignal();
  const stopping = new AbortController();

  async function audit(turn: Turn): Promise<void> {
    const renewing = setInterval(() => {
      turn.renew().catch((error: unknown) => logger.debug({ error }, 'audit: turn not renewed'));
    }, leaseMs / 3);
    try {
      const source = { connection, models, offsetMs: clock.offsetMs, signal: stopping.signal };
      const result = await runAudit(source, { rooms });
      for (const { invariant, message, ids } of result.violations)
        logger.error({ invariant, ids }, `audit: ${message}`);
      const { broken, seconds } = result;
      logger[broken > 0 ? 'error' : 'info']({ broken, seconds }, 'audit finished');
      onResult(result);
      await turn.end(everyMs);
    } catch (error) {
      await turn.end(stopping.signal.aborted ? 0 : pollMs);
      throw error;
    } finally {
      clearInterval(renewing);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const turn = await takeTurn(models, workerId, leaseMs);
        if (turn) await audit(turn);
      } catch (error) {
        if (!stopping.signal.aborted) logger.warn({ error }, 'audit could not run');
      }
      await signal.wait(pollMs);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      signal.raise();
      await running;
    },
  };
}

/** The scheduled audit of a worker process, as AUDIT_EVERY_MINUTES says; what it finds is in the metrics. */
export function startAudits(context: Context): void {
  const { config, redis, clock, metrics, lifecycle } = context;
  if (config.AUDIT_EVERY_MINUTES === 0) return;
  const rooms = createWaitingRoom({ redis, clock, ...roomOptions(config) });
  const audits = scheduleAudit(context, {
    everyMs: config.AUDIT_EVERY_MINUTES * 60_000,
    onResult: ({ checks }) => recordAudit(metrics, checks, clock.now()),
    rooms,
  });
  lifecycle.onClose('audits', () => audits.stop());
}

/** Exports what an audit found, for alerts. @param finishedAt ms since 1970 */
function recordAudit(
  { auditViolations, auditFinished }: Metrics,
  checks: readonly { invariant: string; broken: number }[],
  finishedAt: number,
): void {
  for (const { invariant, broken } of checks) auditViolations.set({ invariant }, broken);
  auditFinished.set(finishedAt / 1000);
}
