import type { ClientSession } from 'mongodb';
import type { Models } from '../../shared/models';
import { claimLane, endDeadSession, type LaneClaim, raiseFence } from '../../workers/lanes/lease';

/** Takes a lane as a worker does, and waits until it can commit for it; null if another has the lease. */
export async function takeLane(
  models: Models,
  lane: string,
  owner: string,
  session: ClientSession,
  leaseMs: number,
): Promise<LaneClaim | null> {
  const claim = await claimLane(models, lane, owner, session, leaseMs);
  if (!claim) return null;
  if (claim.deadSession) await endDeadSession(models, claim.deadSession);
  await raiseFence(models, lane, claim.epoch, 10_000);
  return claim;
}
