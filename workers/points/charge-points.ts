import { type Handler, type Outcome, refused } from '../handler';
import { changeBalance } from './change-balance';

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
    const { balance, changes } = changeBalance(wallet, entry);
    const settled = Math.min(wallet.debt ?? 0, balance);
    if (settled === 0) return { status: 'done', result: { amount, balance }, changes };
    const charged = { ...wallet, balance, seq: wallet.seq + 1, debt: (wallet.debt ?? 0) - settled };
    const after = changeBalance(charged, { ...entry, kind: 'reversal', amount: settled }, 'debt');
    const result = { amount, balance: after.balance, settled };
    return { status: 'done', result, changes: [...changes, ...after.changes] };
  },
};
