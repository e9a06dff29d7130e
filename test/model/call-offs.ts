import type { Context } from '../../shared/context';
import { outdateBatches } from '../../shared/lanes/outdate-batches';
import { native } from '../../shared/models';
import { holdsOnSeats, refundHolds } from '../../workers/call-offs/refund-holds';
import { closeLines, isWaitedFor } from '../../workers/standby/close-lines';
import type { Fault } from './faults/fault';
import type { System } from './system';

/** What calls dates off, and gives them back, on any kind of store. */
export function callOffsOf(
  context: Pick<Context, 'models' | 'config' | 'clock' | 'newId'>,
  fault: Fault,
): Pick<System, 'changePerformance' | 'callOff' | 'giveBack' | 'closeLines'> {
  const { models } = context;
  async function changePerformance(_id: string, fields: object): Promise<void> {
    await native(models, 'performances').updateMany({ _id }, { $set: fields }, { writeConcern: { w: 'majority' } });
    if (!fault.forgetsToOutdate) await outdateBatches(models);
  }
  return {
    changePerformance,
    async callOff(_id, at) {
      await native(models, 'callOffs').insertOne({ _id, reason: 'why not', at, seats: 0, finishedAt: null });
      await changePerformance(_id, { cancelledAt: at });
    },
    closeLines: () => closeLines(context),
    async giveBack(performanceId, holds) {
      const callOff = await native(models, 'callOffs').findOne({ _id: performanceId });
      const holdIds = await holdsOnSeats(models, performanceId);
      if (!callOff) return [];
      if (holdIds.length === 0 && !(await isWaitedFor(models, performanceId)))
        await native(models, 'callOffs').updateMany(
          { _id: performanceId },
          { $set: { finishedAt: new Date(context.clock.now()) } },
        );
      return (fault.refundHolds ?? refundHolds)(context, callOff, holdIds.slice(0, holds));
    },
  };
}
