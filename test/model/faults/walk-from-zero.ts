import { native } from '../../../shared/models';
import { refundHolds } from '../../../workers/call-offs/refund-holds';
import type { Fault } from './fault';

let walks = 0;

/** A walk over a called-off date that begins anew does not know what the one before has done. */
export const walkFromZero: Fault = {
  async refundHolds(context, callOff, holdIds) {
    const commands = native(context.models, 'commands');
    for (const command of await commands.find({ status: 'accepted', kind: 'reservation.cancel' }).toArray())
      if (command.key?.startsWith('call-off ')) {
        walks += 1;
        await commands.updateMany({ _id: command._id }, { $set: { key: `walk-${walks}` } });
      }
    return refundHolds(context, callOff, holdIds);
  },
};
