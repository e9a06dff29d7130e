import type { Handler, Outcome } from '../handler';
import { endHold } from './end-hold';

/** How long to leave a payment that was accepted in time before looking again. */
const paymentWaitMs = 200;

/** Gives the seats back at the hold's end, unless a payment accepted before it is still to be decided. */
export const expireHold: Handler<'hold.expire'> = {
  needs: ({ payload }) => ({ holds: [payload.holdId] }),

  decide({ state, command, now }): Outcome {
    const hold = state.hold(command.payload.holdId);
    if (hold?.status !== 'held') return { status: 'skipped' };
    if (now < hold.expiresAt) return { status: 'postponed', until: hold.expiresAt };
    if (state.paymentUnderWay(hold)) return { status: 'postponed', until: new Date(now.getTime() + paymentWaitMs) };
    return {
      status: 'done',
      result: { holdId: hold._id, seatIds: hold.seatIds },
      changes: endHold(state, hold, 'expired', now),
    };
  },
};
