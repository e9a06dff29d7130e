import type { Handler, Outcome } from '../handler';
import { changeBalance } from './change-balance';
import { pointsShort } from './points-short';

/** Takes points from the user's wallet; never below zero. */
export const usePoints: Handler<'points.use'> = {
  needs: ({ userId }) => ({ wallets: [userId] }),

  decide({ state, command, now }): Outcome {
    const { amount } = command.payload;
    const wallet = state.wallet(command.userId);
    const short = pointsShort(wallet, amount);
    if (short) return short;
    const entry = { kind: 'use', amount, at: now, commandId: command._id, paymentId: null } as const;
    const { balance, changes } = changeBalance(wallet, entry);
    return { status: 'done', result: { amount, balance }, changes };
  },
};
