import type { ClientSession } from 'mongodb';
import type { CommandDoc } from '../commands/command.model';
import { ownKey, storeBeside, wakeLane } from '../commands/store-beside';
import type { Context } from '../context';
import { native } from '../models';
import { duplicatesOf } from '../platform/store-errors';
import { transactionInTime } from '../platform/write-deadline';
import type { ProviderFact, SessionFact, TakenBackFact } from './provider';
import type { TopUpDoc } from './top-up.model';

type Changes = Partial<TopUpDoc>;
/** What a fact changes about its top-up, and the command that it becomes; null: nothing more. */
type Decision = { set: Changes; command?: CommandDoc } | null;

/**
 * Makes of what the provider has said what it means here, in one transaction: the top-up's state and the command for the
 * wallet. Facts may come in any order, late, and any number of times: what is decided follows from the top-up as it is.
 * @returns false when it can't be decided yet, and is to be tried again
 */
export async function applyFact(context: Context, fact: ProviderFact): Promise<boolean> {
  const apply = () =>
    transactionInTime(context.connection.getClient(), async (session) => {
      const topUp = await findTopUp(context, session, fact);
      if (topUp === null) return { applied: fact.kind === 'session', command: undefined };
      if (fact.kind === 'taken-back' && isUndecided(topUp)) return { applied: false, command: undefined };
      const decision =
        fact.kind === 'session'
          ? await decideSession(context, session, topUp, fact)
          : await decideTakenBack(context, session, topUp, fact);
      if (decision)
        await native(context.models, 'topUps').updateOne({ _id: topUp._id }, { $set: decision.set }, { session });
      return { applied: true, command: decision?.command };
    });
  const { applied, command } = await apply().catch((error: unknown) => {
    // The same payment is being carried out at this very moment.
    if (duplicatesOf(error).length === 0) throw error;
    return apply();
  });
  if (command) await wakeLane(context, command);
  return applied;
}

function findTopUp({ models }: Context, session: ClientSession, fact: ProviderFact): Promise<TopUpDoc | null> {
  const topUps = native(models, 'topUps');
  // The index has payments that are strings only, and serves only a query with the same condition.
  if (fact.kind === 'taken-back')
    return topUps.findOne({ paymentId: { $eq: fact.paymentId, $type: 'string' } }, { session });
  return fact.topUpId ? topUps.findOne({ _id: fact.topUpId }, { session }) : Promise.resolve(null);
}

/** Whether it is not known yet if points came: then it is not known either if points are to be taken. */
const isUndecided = ({ status }: TopUpDoc) => status === 'paid';

async function decideSession(
  context: Context,
  session: ClientSession,
  topUp: TopUpDoc,
  { state, paymentId, price, currency, sessionId }: SessionFact,
): Promise<Decision> {
  if (topUp.paymentId !== null) {
    if (paymentId !== null && state === 'paid' && paymentId !== topUp.paymentId)
      context.logger.error({ topUp: topUp._id, payment: paymentId }, 'a second payment of one top-up');
    return null;
  }
  if (state === 'failed' || state === 'expired')
    return topUp.status === 'pending' ? { set: { status: state, pollAt: null, url: null } } : null;
  if (state !== 'paid' || paymentId === null) return topUp.sessionId ? null : { set: { sessionId } };
  const now = new Date(context.clock.now());
  const paid = { sessionId, paymentId, paid: { price, currency }, paidAt: now, url: null, polls: 0 };
  if (price !== topUp.price || currency !== topUp.currency) {
    const reason = `${price} ${currency} were paid, ${topUp.price} ${topUp.currency} were asked`;
    return { set: { ...paid, status: 'held', reason, pollAt: null } };
  }
  const { userId, amount, _id: topUpId } = topUp;
  const request = {
    kind: 'points.charge',
    payload: { amount, topUpId },
    userId,
    key: ownKey('payment', paymentId),
  } as const;
  const { command } = await storeBeside(context, session, request);
  return { set: { ...paid, status: 'paid', reason: null, chargeId: command._id, pollAt: now }, command };
}

/** Takes points for what the provider has taken back and no points were demanded for yet. */
async function decideTakenBack(
  context: Context,
  session: ClientSession,
  topUp: TopUpDoc,
  fact: TakenBackFact,
): Promise<Decision> {
  const { refunded, disputed } = topUp.takenBack;
  const takenBack = {
    refunded: Math.max(refunded, fact.refunded ?? 0),
    disputed: Math.max(disputed, fact.disputed ?? 0),
  };
  const price = topUp.paid?.price ?? topUp.price;
  const gone = Math.min(price, takenBack.refunded + takenBack.disputed);
  if (topUp.status === 'held') return { set: { takenBack, ...(gone === price && { status: 'refunded' as const }) } };
  const reversed = Math.floor((gone * topUp.amount) / price);
  const amount = reversed - topUp.reversed;
  if (amount <= 0) return { set: { takenBack } };
  const { userId, _id: topUpId } = topUp;
  const key = ownKey('taken back', topUpId, String(reversed));
  const request = { kind: 'points.reverse', payload: { amount, topUpId, whole: false }, userId, key } as const;
  const { command } = await storeBeside(context, session, request);
  return { set: { takenBack, reversed }, command };
}
