import type { Config } from '../shared/platform/config';
import { getJob } from './jobs/get-job';
import { chargePoints, usePoints } from './points/change-points';
import { getBalance } from './points/get-balance';
import { listPointEntries } from './points/list-point-entries';
import type { Route } from './route';

/** Every endpoint there is, in the order of the document. A new one is added here. */
export function allRoutes(config: Config): Route[] {
  return [getBalance, listPointEntries, chargePoints(config), usePoints(config), getJob];
}
