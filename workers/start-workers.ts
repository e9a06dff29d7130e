import type { Context } from '../shared/context';
import { openRedis } from '../shared/platform/redis';
import type { FinishVisit } from './groups/after-commit';
import { type LaneOwner, ownLanes } from './lanes/own-lanes';

/** Starts one worker in this process: it takes its share of the lanes and carries out their commands. */
export async function startWorkers(context: Context, finishVisit: FinishVisit): Promise<LaneOwner> {
  const { config, logger, newId } = context;
  const connection = await openRedis(config.REDIS_URL, 'patient', logger);
  const subscriber = await openRedis(config.REDIS_URL, 'patient', logger);
  const owner = await ownLanes({ context, workerId: newId('worker'), connection, subscriber, finishVisit });
  return {
    lanes: owner.lanes,
    async stop() {
      await owner.stop();
      connection.disconnect();
      subscriber.disconnect();
    },
  };
}
