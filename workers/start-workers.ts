import type { Context } from '../shared/context';
import { openRedis, openSubscriber } from '../shared/platform/redis';
import { openProvider } from '../shared/top-ups/open-provider';
import { createWaitingRoom, roomOptions } from '../shared/waiting-room/waiting-room';
import type { AfterCommitWork } from './batches/after-commit';
import { countFromZero } from './batches/observed-batch';
import { startCallOffs } from './call-offs/call-offs';
import { type LaneOwner, ownLanes } from './lanes/own-lanes';
import { createScheduleExpiries } from './lanes/schedule-expiries';
import { startClosingLines } from './standby/close-lines';
import { startTopUps } from './top-ups/keep-top-ups';
import { startAdmission } from './waiting-room/admission';
import { createRooms } from './waiting-room/rooms';

/**
 * Starts one worker in this process: it takes its share of the lanes, carries out their commands, admits visitors, and
 * looks after top-ups where there is a payment provider.
 * Any number of workers may run, in any number of processes.
 */
export async function startWorkers(context: Context): Promise<LaneOwner> {
  const { config, logger, newId, redis, clock, queues } = context;
  const workerId = newId('worker');
  countFromZero(context.metrics);
  const connection = await openRedis(config.REDIS_URL, 'patient', logger);
  const subscriber = await openSubscriber(config.REDIS_URL, logger);
  const rooms = createRooms(context);
  const waitingRoom = createWaitingRoom({
    redis,
    clock,
    ...roomOptions(config),
    pollsPerSecond: config.ROOM_POLLS_PER_SECOND,
  });
  const finishSession: AfterCommitWork['finishSession'] = async ({ concertId, userId, paymentId }) => {
    const room = await rooms.find(concertId);
    if (room) await waitingRoom.finish(room, userId, paymentId);
  };
  const work = { finishSession, scheduleExpiries: createScheduleExpiries(queues, clock) };
  const owner = await ownLanes({ context, workerId, connection, subscriber, work });
  const admission = startAdmission(context, waitingRoom, rooms, workerId);
  const provider = openProvider(config);
  const topUps = provider && startTopUps(context, provider);
  const callOffs = startCallOffs(context, workerId);
  const closing = startClosingLines(context);
  return {
    lanes: owner.lanes,
    async stop() {
      await Promise.all([owner.stop(), admission.stop(), topUps?.stop(), callOffs.stop(), closing.stop()]);
      connection.disconnect();
      subscriber.disconnect();
    },
  };
}
