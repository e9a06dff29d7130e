import { derivedId } from '../../shared/platform/ids';
import { lineId, type StandbyEntryDoc } from '../../shared/standby/standby.model';
import { type Handler, type Outcome, refused } from '../handler';
import { performanceCancelled } from '../holds/performance-cancelled';
import { beyondLimit, seatsOf } from '../holds/seat-limit';
import { choose, fitting } from './choose-seats';

/** A place at the end of the section's line, unless seats as wished are free. */
export const joinStandby: Handler<'standby.join'> = {
  needs: ({ userId, payload }) => ({
    ...{ standbyLines: [lineId(payload)], wishes: [{ ...payload, userId }] },
    ...{ performances: [payload.performanceId], holders: [{ userId, performanceId: payload.performanceId }] },
  }),

  decide(decision): Outcome {
    const { state, command, now } = decision;
    const { payload, userId } = command;
    const { concertId, performanceId, section, seats, maxPrice = null } = payload;
    const performance = state.performance(performanceId);
    if (performance?.cancelledAt) return performanceCancelled(performance.cancelledAt);
    if (!performance || performance.startsAt <= now)
      return refused('PERFORMANCE_STARTED', 'Seats can be waited for until the performance starts.');
    const before = state.liveEntryOf({ userId, performanceId });
    if (before)
      return refused('STANDBY_EXISTS', 'One place on standby a performance.', {
        standbyId: before._id,
        holdId: before.holdId,
      });
    const tooMany = beyondLimit(decision, seats, seatsOf(state, { userId, performanceId }, now));
    if (tooMany) return tooMany;
    const { doc, free: all } = state.standby(payload);
    const free = fitting(all, maxPrice);
    if (free.length >= seats)
      return refused('SEATS_AVAILABLE', 'Seats as you wish them are free.', {
        seatIds: choose(free, seats).map(({ _id }) => _id),
      });
    const entry: StandbyEntryDoc = {
      ...{ _id: derivedId('standby', command._id), userId, concertId, performanceId, section, seats, maxPrice },
      ...{ number: doc.joined + 1, status: 'waiting', live: true, joinedAt: now, offeredAt: null, endedAt: null },
      ...{ holdId: null, commandId: command._id },
    };
    return {
      status: 'done',
      result: { standbyId: entry._id, position: doc.waiting + 1 },
      changes: [
        { collection: 'standbyEntries', doc: entry },
        {
          collection: 'standbyLines',
          doc: { ...doc, joined: doc.joined + 1, waiting: doc.waiting + 1, version: doc.version + 1 },
        },
      ],
    };
  },
};
