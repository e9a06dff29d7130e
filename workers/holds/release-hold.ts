import { type Handler, type Outcome, refused } from '../handler';
import { endHold } from './end-hold';
import { refuseEnded } from './refuse-ended';

/** The owner gives the seats back early. */
export const releaseHold: Handler<'hold.release'> = {
  needs: ({ payload }) => ({ holds: [payload.holdId], seats: payload.seatIds }),

  decide({ state, command, now }): Outcome {
    const hold = state.hold(command.payload.holdId);
    if (hold?.userId !== command.userId) return refused('HOLD_NOT_FOUND', 'No such hold.');
    const ended = refuseEnded(hold, now);
    if (ended) return ended;
    return {
      status: 'done',
      result: { holdId: hold._id, seatIds: hold.seatIds },
      changes: endHold(state, hold, 'released', now),
      skip: hold.expireCommandId ? [hold.expireCommandId] : [],
    };
  },
};
