import { native } from '../../../shared/models';
import type { Change, Decision, Handler } from '../../../workers/handler';
import type { Fault } from './fault';

type Kind = 'payment.pay' | 'reservation.cancel';

const ofWallet = ({ collection }: Change) => collection === 'wallets' || collection === 'pointEntries';

/** What a fault is made of that writes wallet and ledger after the commit of all else. */
export function moneyApart() {
  /** What is still to be written, by command. */
  const owed = new Map<string, Change[]>();
  return {
    decide:
      <K extends Kind>(decide: Handler<K>['decide']): Handler<K>['decide'] =>
      (decision: Decision<K>) => {
        const outcome = decide(decision);
        if (outcome.status !== 'done') return outcome;
        owed.set(decision.command._id, outcome.changes.filter(ofWallet));
        return { ...outcome, changes: outcome.changes.filter((change) => !ofWallet(change)) };
      },
    afterCommit: (async (models, { decision }) => {
      for (const { command } of decision?.decided ?? []) {
        for (const { collection, doc } of owed.get(command._id) ?? []) {
          if (collection === 'wallets') {
            const { balance, seq } = doc;
            await native(models, 'wallets').updateMany({ _id: doc._id }, { $set: { balance, seq } });
          }
          if (collection === 'pointEntries') await native(models, 'pointEntries').insertOne(doc);
        }
        owed.delete(command._id);
      }
    }) satisfies Fault['afterCommit'],
  };
}
