import type { Context } from '../../shared/context';
import { createWaitingRoom, roomOptions } from '../../shared/waiting-room/waiting-room';
import { recordAudit } from './record-audit';
import { scheduleAudit } from './schedule-audit';

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
