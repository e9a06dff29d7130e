import { derivedId } from '../../shared/platform/ids';
import { lineId, type StandbyEntryDoc } from '../../shared/standby/standby.model';
import { type Decision, type Handler, type Outcome, refused } from '../handler';
import { endHold } from '../holds/end-hold';
import { busyUntil, offerFreed } from './offer-seats';

/** Gives up a place in line, or what was offered: that goes to the next. */
export const leaveStandby: Handler<'standby.leave'> = {
  needs: ({ payload }) => ({
    ...{ standbyEntries: [payload.standbyId], standbyLines: [lineId(payload)] },
    holds: [derivedId('hold', payload.standbyId)],
  }),

  decide(decision): Outcome {
    const { state, command, now } = decision;
    const entry = state.standbyEntry(command.payload.standbyId);
    if (entry?.userId !== command.userId) return refused('STANDBY_NOT_FOUND', 'No such place on standby.');
    if (entry.status === 'offered') return giveBack(decision, entry);
    if (entry.status !== 'waiting') return over(entry);
    const { doc } = state.standby(entry);
    return {
      status: 'done',
      result: { standbyId: entry._id, holdId: null },
      changes: [
        { collection: 'standbyEntries', doc: { ...entry, status: 'left', live: false, endedAt: now } },
        { collection: 'standbyLines', doc: { ...doc, waiting: doc.waiting - 1, version: doc.version + 1 } },
      ],
    };
  },
};

function giveBack(decision: Decision<'standby.leave'>, entry: StandbyEntryDoc): Outcome {
  const { state, now } = decision;
  const hold = state.hold(entry.holdId ?? '');
  // Whose end has come, and is still to be carried out.
  if (hold?.status !== 'held' || hold.expiresAt <= now) return over(entry);
  const freed = offerFreed(decision, entry, endHold(state, hold, 'released', now));
  if (!freed) return { status: 'deferred', until: busyUntil(now) };
  const skip = hold.expireCommandId ? [hold.expireCommandId] : [];
  return { status: 'done', result: { standbyId: entry._id, holdId: hold._id }, ...freed, skip };
}

function over({ status, holdId }: StandbyEntryDoc): Outcome {
  const what = status === 'offered' ? 'What you were offered ran out.' : `This place is ${status}.`;
  return refused('STANDBY_ENDED', what, { standbyStatus: status, holdId });
}
