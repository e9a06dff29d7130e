import type { Decision, Outcome } from '../../../workers/handler';
import { expireHold } from '../../../workers/holds/expire-hold';
import { releaseHold } from '../../../workers/holds/release-hold';
import type { Fault } from './fault';

type Freeing = Decision<'hold.expire'> & Decision<'hold.release'>;

/** Whoever is next is offered the same seats as well. */
const twice =
  (decide: (decision: Freeing) => Outcome) =>
  (decision: Freeing): Outcome => {
    const first = decide(decision);
    if (first.status !== 'done') return first;
    const offered = offeredIn(first);
    const { state } = decision;
    const standby: typeof state.standby = (line) => {
      const found = state.standby(line);
      return { ...found, waiting: found.waiting.filter(({ _id }) => !offered.includes(_id)) };
    };
    const second = decide({ ...decision, state: { ...state, standby } });
    if (offered.length === 0 || second.status !== 'done' || offeredIn(second).length === 0) return first;
    return {
      ...first,
      changes: [...first.changes, ...second.changes.filter(({ collection }) => collection !== 'standbyLines')],
      schedule: [...(first.schedule ?? []), ...(second.schedule ?? [])],
    };
  };

function offeredIn(outcome: Outcome): string[] {
  const changes = outcome.status === 'done' ? outcome.changes : [];
  return changes.flatMap(({ collection, doc }) =>
    collection === 'standbyEntries' && doc.status === 'offered' ? doc._id : [],
  );
}

export const offeredToTwo: Fault = {
  handlers: {
    'hold.expire': { ...expireHold, decide: twice(expireHold.decide as never) as never },
    'hold.release': { ...releaseHold, decide: twice(releaseHold.decide as never) as never },
  },
};
