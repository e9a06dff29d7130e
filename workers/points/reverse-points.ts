import { type Handler, type Outcome, refused } from '../handler';
import { changeBalance } from './change-balance';

/**
 * Takes back points that were paid for with money which has gone back. A balance never goes below zero: what can't be taken
 * is the wallet's debt, which the next charges settle. `whole`: all or nothing, for a refund that has not been made yet.
 */
export const reversePoints: Handler<'points.reverse'> = {
  needs: ({ userId }) => ({ wallets: [userId] }),

  decide({ state, command, now }): Outcome {
    const { amount, whole } = command.payload;
    const wallet = state.wallet(command.userId);
    if (whole && wallet.balance < amount)
      return refused('TOP_UP_USED', `${amount} points are needed and ${wallet.balance} are there.`, {
        ...{ balance: wallet.balance, amount },
      });
    const taken = Math.min(amount, wallet.balance);
    const debt = (wallet.debt ?? 0) + amount - taken;
    if (taken === 0) {
      const doc = { ...wallet, debt };
      return {
        status: 'done',
        result: { amount, taken, debt, balance: wallet.balance },
        changes: [{ collection: 'wallets', doc }],
      };
    }
    const entry = { kind: 'reversal', amount: taken, at: now, commandId: command._id, paymentId: null } as const;
    const { balance, changes } = changeBalance({ ...wallet, debt }, entry);
    return { status: 'done', result: { amount, taken, debt, balance }, changes };
  },
};
