import { type Handler, type Outcome, refused } from '../handler';
import { addPoints } from './change-balance';

/** Adds points to the user's wallet. What the wallet owes is taken of them at once. */
export const chargePoints: Handler<'points.charge'> = {
  needs: ({ userId }) => ({ wallets: [userId] }),

  decide({ state, command, now, config }): Outcome {
    const { amount } = command.payload;
    const wallet = state.wallet(command.userId);
    if (wallet.balance + amount > config.MAX_BALANCE) {
      return refused('BALANCE_LIMIT_EXCEEDED', `A wallet holds at most ${config.MAX_BALANCE} points.`, {
        balance: wallet.balance,
      });
    }
    const entry = { kind: 'charge', amount, at: now, commandId: command._id, paymentId: null } as const;
    const { balance, changes, settled } = addPoints(wallet, entry);
    return { status: 'done', result: { amount, balance, ...(settled && { settled }) }, changes };
  },
};
