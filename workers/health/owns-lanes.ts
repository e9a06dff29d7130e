import { laneCount } from '../../shared/commands/lane-of';
import type { Check } from '../../shared/health/readiness';
import { readOwnership } from '../lanes/lease';
import type { LaneOwner } from '../lanes/own-lanes';

/** Says so while this worker owns fewer lanes than the least that any of the live workers should. */
export function ownsLanes(owner: LaneOwner): Check {
  return async ({ models, config }) => {
    const { workers } = await readOwnership(models);
    const share = (lanes: number) => Math.floor(lanes / Math.max(1, workers.length));
    const least = share(laneCount(config, 'reservation')) + share(laneCount(config, 'wallet'));
    const owned = owner.lanes().length;
    return owned >= least ? null : `owns ${owned} lanes, ${least} or more are its share`;
  };
}
