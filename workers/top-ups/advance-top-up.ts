import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { applyFact } from '../../shared/top-ups/apply-fact';
import { afterCharge } from '../../shared/top-ups/charge-outcome';
import type { PaymentProvider } from '../../shared/top-ups/provider';
import type { TopUpDoc } from '../../shared/top-ups/top-up.model';

/** Looks what became of a top-up, and notes it. @throws ProviderAway */
export async function advance(context: Context, provider: PaymentProvider, topUp: TopUpDoc): Promise<void> {
  switch (topUp.status) {
    case 'pending':
      return askProvider(context, provider, topUp);
    case 'paid':
      return noteCharge(context, topUp);
    case 'refunding':
      return refund(context, provider, topUp);
    default:
      return change(context, topUp, { pollAt: null });
  }
}

async function askProvider(context: Context, provider: PaymentProvider, topUp: TopUpDoc): Promise<void> {
  if (topUp.sessionId !== null) {
    for await (const payment of provider.read({ sessionId: topUp.sessionId })) await applyFact(context, payment);
    return;
  }
  // Nobody was ever led to a checkout whose creation was not answered: there is nothing to be paid.
  if (context.clock.now() > topUp.expiresAt.getTime())
    await change(context, topUp, { status: 'expired', pollAt: null });
}

async function noteCharge(context: Context, topUp: TopUpDoc): Promise<void> {
  const after = afterCharge(await native(context.models, 'commands').findOne({ _id: topUp.chargeId ?? '' }));
  if (after) await change(context, topUp, { ...after, pollAt: null });
}

/** The points first, then the money: what was used meanwhile is not given back. */
async function refund(context: Context, provider: PaymentProvider, topUp: TopUpDoc): Promise<void> {
  const { reversalId, paymentId, _id: topUpId } = topUp;
  if (reversalId !== null) {
    const reversal = await native(context.models, 'commands').findOne({ _id: reversalId });
    if (!reversal || reversal.status === 'accepted') return;
    if (reversal.status !== 'done') {
      const reason = `not refunded: ${reversal.problem?.detail ?? reversal.status}`;
      return change(context, topUp, { status: 'settled', reason, reversalId: null, reversed: 0, pollAt: null });
    }
  }
  if (paymentId !== null) await provider.refund({ topUpId, paymentId });
  await change(context, topUp, { status: 'refunded', pollAt: null });
}

/** As long as it has the status that was looked at: else somebody was faster. */
async function change({ models }: Context, { _id, status }: TopUpDoc, set: Partial<TopUpDoc>): Promise<void> {
  await native(models, 'topUps').updateOne({ _id, status }, { $set: { ...set, polls: 0 } });
}
