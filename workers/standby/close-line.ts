import { lineId } from '../../shared/standby/standby.model';
import type { Change, Handler, Outcome } from '../handler';
import { LineTooLong, overReason, skip } from './offer-seats';

/** Most places that one command ends: a line may be long, and others wait for its lane. */
const most = 500;

/** Ends the places of a line whose date has started or was called off, and says why; some hundreds at a time. */
export const closeLine: Handler<'standby.close'> = {
  needs: ({ payload }) => ({ standbyLines: [lineId(payload)], performances: [payload.performanceId] }),

  decide(decision): Outcome {
    const { state, command, now } = decision;
    const { payload } = command;
    const { doc, waiting, readTo } = state.standby(payload);
    // The date may have been moved since.
    const reason = overReason(decision, payload.performanceId);
    if (reason && readTo < Infinity && waiting.length < most) throw new LineTooLong();
    const ended = reason ? waiting.slice(0, most) : [];
    const changes = ended.map((entry): Change => skip(entry, reason ?? 'PERFORMANCE_STARTED', now));
    // Written in any case: the key of the next command for the line follows from its version.
    const line = { ...doc, waiting: doc.waiting - ended.length, version: doc.version + 1 };
    return {
      status: 'done',
      result: { ended: ended.length },
      changes: [...changes, { collection: 'standbyLines', doc: line }],
    };
  },
};
