import type { Metrics } from '../../shared/metrics/metrics';

/** Keeps what an audit found, so that an alert can tell. @param finishedAt ms since 1970 */
export function recordAudit(
  { auditViolations, auditFinished }: Metrics,
  checks: readonly { invariant: string; broken: number }[],
  finishedAt: number,
): void {
  for (const { invariant, broken } of checks) auditViolations.set({ invariant }, broken);
  auditFinished.set(finishedAt / 1000);
}
