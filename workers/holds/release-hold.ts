import { type Handler, type Outcome, refused } from '../handler';
import { busyUntil, offerFreed } from '../standby/offer-seats';
import { endHold } from './end-hold';
import { refuseEnded } from './refuse-ended';

/** The owner gives the seats back early, to whoever waits for them. */
export const releaseHold: Handler<'hold.release'> = {
  needs: ({ payload }) => ({ holds: [payload.holdId], seats: payload.seatIds, lines: [payload] }),

  decide(decision): Outcome {
    const { state, command, now } = decision;
    const hold = state.hold(command.payload.holdId);
    if (hold?.userId !== command.userId) return refused('HOLD_NOT_FOUND', 'No such hold.');
    const ended = refuseEnded(hold, now);
    if (ended) return ended;
    const freed = offerFreed(decision, hold, endHold(state, hold, 'released', now));
    if (!freed) return { status: 'deferred', until: busyUntil(now) };
    return {
      status: 'done',
      result: { holdId: hold._id, seatIds: hold.seatIds },
      ...freed,
      skip: hold.expireCommandId ? [hold.expireCommandId] : [],
    };
  },
};
