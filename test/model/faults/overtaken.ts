import type { State } from '../../../workers/handler';
import { expireHold } from '../../../workers/holds/expire-hold';
import { releaseHold } from '../../../workers/holds/release-hold';
import type { Fault } from './fault';

/** The line is gone along from its end. */
const reversed = (state: State): State => ({
  ...state,
  standby(line) {
    const found = state.standby(line);
    return { ...found, waiting: found.waiting.toReversed() };
  },
});

export const overtaken: Fault = {
  handlers: {
    'hold.expire': { ...expireHold, decide: (one) => expireHold.decide({ ...one, state: reversed(one.state) }) },
    'hold.release': { ...releaseHold, decide: (one) => releaseHold.decide({ ...one, state: reversed(one.state) }) },
  },
};
