import type { Models } from '../../../shared/models';
import { derivedId } from '../../../shared/platform/ids';
import type { PaymentProvider, ProviderPayment } from '../../../shared/top-ups/provider';
import type { TopUpDoc } from '../../../shared/top-ups/top-up.model';

/** What the provider and the product do not agree upon. */
interface Difference {
  what: string;
  topUpId: string | null;
  paymentId: string | null;
  detail: string;
}

export interface Comparison {
  /** Payments that the provider has of that day, and top-ups that are credited here. */
  payments: number;
  credited: number;
  differences: Difference[];
}

const dayMs = 24 * 3600_000;
/** The provider makes a checkout a moment after the top-up; one that could not be asked at once, a little later. */
const slackMs = 2 * 3600_000;

/** Compares the top-ups that were begun on a day of UTC with the provider's checkouts. */
export async function compareDay(models: Models, provider: PaymentProvider, day: string): Promise<Comparison> {
  const from = new Date(`${day}T00:00:00.000Z`);
  const to = new Date(from.getTime() + dayMs);
  const topUps = await models.topUps.find({ createdAt: { $gte: from, $lt: to } }).lean<TopUpDoc[]>();
  const byId = new Map(topUps.map((topUp) => [topUp._id, topUp]));
  const seen = new Set<string>();
  const differences: Difference[] = [];
  let payments = 0;
  for await (const payment of provider.read({ from, to: new Date(to.getTime() + slackMs) })) {
    // What names no top-up is of the account's other business.
    if (payment.topUpId === null) continue;
    const topUp = byId.get(payment.topUpId) ?? null;
    // Begun on the next day.
    if (!topUp && payment.createdAt >= to) continue;
    seen.add(payment.topUpId);
    if (payment.state === 'paid') payments += 1;
    differences.push(...differencesOf(payment, topUp));
  }
  const credited = topUps.filter(({ chargeId }) => chargeId !== null);
  for (const topUp of credited) {
    if (!seen.has(topUp._id)) differences.push(difference('credited here, unknown there', topUp));
    differences.push(...(await ledgerDifferences(models, topUp)));
  }
  return { payments, credited: credited.length, differences };
}

function differencesOf(payment: ProviderPayment, topUp: TopUpDoc | null): Difference[] {
  const { topUpId, paymentId, price, currency, refunded, state } = payment;
  const said = `${price} ${currency}`;
  if (state !== 'paid')
    return topUp?.paymentId ? [difference('credited here, not paid there', topUp, `the checkout is ${state}`)] : [];
  if (!topUp) return [{ what: 'paid there, unknown here', topUpId, paymentId, detail: said }];
  if (topUp.paymentId === null) return [difference('paid there, not credited here', topUp, said)];
  const { paid, takenBack } = topUp;
  const found: Difference[] = [];
  if (paid?.price !== price || paid.currency !== currency)
    found.push(difference('another amount', topUp, `${said} there, ${paid?.price} ${paid?.currency} here`));
  const isOurs = topUp.status === 'refunding' || topUp.status === 'refunded';
  if (refunded !== takenBack.refunded && !(isOurs && refunded === price))
    found.push(difference('another refund', topUp, `${refunded} there, ${takenBack.refunded} here`));
  return found;
}

/** What is said of the top-up is what the wallet got. */
async function ledgerDifferences(models: Models, topUp: TopUpDoc): Promise<Difference[]> {
  if (topUp.status === 'paid' || topUp.status === 'held') return [];
  const entry = await models.pointEntries.findById(derivedId('entry', topUp.chargeId ?? '')).lean();
  if (entry?.amount === topUp.amount && entry.userId === topUp.userId) return [];
  return [difference('another entry in the ledger', topUp, `${entry?.amount ?? 'no'} points, not ${topUp.amount}`)];
}

function difference(what: string, { _id, paymentId, paid }: TopUpDoc, detail = `${paid?.price} ${paid?.currency}`) {
  return { what, topUpId: _id, paymentId, detail };
}
