import type { Handler, Outcome } from '../handler';
import { busyUntil, offerFreed } from '../standby/offer-seats';
import { endHold } from './end-hold';

/** How long to leave a payment that was accepted in time before looking again. */
const paymentWaitMs = 200;

/** Gives the seats back, to whoever waits, at the hold's end or once its date is called off, unless a payment accepted before it is still to be decided. */
export const expireHold: Handler<'hold.expire'> = {
  needs: ({ payload }) => ({
    ...{ holds: [payload.holdId], seats: payload.seatIds, performances: [payload.performanceId] },
    lines: [payload],
  }),

  decide(decision): Outcome {
    const { state, command, now } = decision;
    const hold = state.hold(command.payload.holdId);
    if (hold?.status !== 'held') return { status: 'skipped' };
    const end = state.endOf(hold);
    if (now < end) return { status: 'deferred', until: end };
    if (state.paymentPending(hold)) return { status: 'deferred', until: new Date(now.getTime() + paymentWaitMs) };
    const freed = offerFreed(decision, hold, endHold(state, hold, 'expired', now));
    if (!freed) return { status: 'deferred', until: busyUntil(now) };
    return { status: 'done', result: { holdId: hold._id, seatIds: hold.seatIds }, ...freed };
  },
};
