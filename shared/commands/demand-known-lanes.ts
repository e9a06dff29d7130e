import { type Models, native } from '../models';
import type { Config } from '../platform/config';
import { allLanes } from './lane-of';

/**
 * Fewer lanes than before are fine once the others are empty.
 * @throws when commands wait in lanes that there are no more: nobody would ever carry them out
 */
export async function demandKnownLanes(config: Config, models: Models): Promise<void> {
  const lane = { $nin: allLanes(config) };
  const lost = await native(models, 'commands').distinct('lane', { status: 'accepted', lane });
  if (lost.length === 0) return;
  throw new Error(
    `Unfinished commands wait in ${lost.sort().join(', ')}, which RESERVATION_LANES=${config.RESERVATION_LANES} and ` +
      `WALLET_LANES=${config.WALLET_LANES} leave out. Start with as many lanes as before until they are finished.`,
  );
}
