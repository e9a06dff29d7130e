import type { SeatDoc } from '../../../shared/concerts/seat.model';
import { blockSeats } from '../../../workers/blocks/block-seats';
import type { State } from '../../../workers/handler';
import { issueReservation } from '../../../workers/reservations/issue-reservation';
import type { Fault } from './fault';

/** The state in which seats are another way than they are. */
function seeing(state: State, change: (seat: SeatDoc) => SeatDoc): State {
  return {
    ...state,
    seat(id) {
      const seat = state.seat(id);
      return seat && change(seat);
    },
  };
}

const ifHeld =
  (status: SeatDoc['status']) =>
  (seat: SeatDoc): SeatDoc =>
    seat.status === 'held' ? { ...seat, status } : seat;

/** A block takes seats that somebody holds. */
export const blockOverHeld: Fault = {
  handlers: {
    'seat.block': {
      ...blockSeats,
      decide: (decision) => blockSeats.decide({ ...decision, state: seeing(decision.state, ifHeld('available')) }),
    },
  },
};

/** What was given away, or sold, is given to somebody else. */
export const givenTwice: Fault = {
  handlers: {
    'reservation.issue': {
      ...issueReservation,
      decide: (decision) =>
        issueReservation.decide({
          ...decision,
          state: seeing(decision.state, (seat) => ({ ...seat, status: 'blocked' })),
        }),
    },
  },
};

/** A block goes on after it was freed. */
export const freedBlockGoesOn: Fault = {
  handlers: {
    'seat.block': {
      ...blockSeats,
      decide: (decision) => {
        const block: State['block'] = (id) => {
          const found = decision.state.block(id);
          return found && { ...found, freedAt: null };
        };
        return blockSeats.decide({ ...decision, state: { ...decision.state, block } });
      },
    },
  },
};
