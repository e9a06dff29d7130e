import { native } from '../../../shared/models';
import type { Change } from '../../../workers/handler';
import { payHold } from '../../../workers/payments/pay-hold';
import type { Fault } from './fault';

const ofWallet = ({ collection }: Change) => collection === 'wallets' || collection === 'pointEntries';
/** What each payment still owes, by command. */
const owed = new Map<string, Change[]>();

/** A payment sells the seats in its transaction, and takes the points afterwards. */
export const debitApart: Fault = {
  handlers: {
    'payment.pay': {
      ...payHold,
      decide(decision) {
        const outcome = payHold.decide(decision);
        if (outcome.status !== 'done') return outcome;
        owed.set(decision.command._id, outcome.changes.filter(ofWallet));
        return { ...outcome, changes: outcome.changes.filter((change) => !ofWallet(change)) };
      },
    },
  },
  async afterCommit(models, { decision }) {
    for (const { command } of decision?.decided ?? []) {
      for (const { collection, doc } of owed.get(command._id) ?? []) {
        if (collection === 'wallets')
          await native(models, 'wallets').updateMany(
            { _id: doc._id },
            { $set: { balance: doc.balance, seq: doc.seq } },
          );
        if (collection === 'pointEntries') await native(models, 'pointEntries').insertOne(doc);
      }
      owed.delete(command._id);
    }
  },
};
