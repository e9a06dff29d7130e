import Stripe from 'stripe';
import { Problem } from '../platform/errors';
import {
  type Order,
  type PaymentProvider,
  type PaymentQuery,
  ProviderAway,
  type ProviderEvent,
  type ProviderFact,
  type ProviderPayment,
  type SessionFact,
} from './provider';

/** Pinned: what Stripe answers and sends has this version's form, whatever the account's is. */
const apiVersion = '2026-10-28.endive';
/** ms. Of one request; a client waits for the creation of its checkout. */
const answerMs = 5000;
/** s. Older events are refused, so that one that was overheard can't be sent again. */
const maxEventAge = 300;

/**
 * Stripe, by Checkout Sessions: card data never comes near the product.
 * @param secrets of its webhook: the one in force, and the one before while it is being changed
 */
export function createStripe(url: string, key: string, secrets: readonly string[]): PaymentProvider {
  const { protocol, hostname, port } = new URL(url);
  const stripe = new Stripe(key, {
    apiVersion,
    ...{
      host: hostname,
      port: port || (protocol === 'http:' ? 80 : 443),
      protocol: protocol === 'http:' ? 'http' : 'https',
    },
    ...{ timeout: answerMs, maxNetworkRetries: 1, telemetry: false },
  });
  return {
    create: (order) => asked(() => createCheckout(stripe, order)),
    read: (query) => readPayments(stripe, query),
    verify: (body, headers) => verifyEvent(stripe, secrets, body, headers['stripe-signature']),
    refund: ({ topUpId, paymentId }) => asked(() => refundPayment(stripe, topUpId, paymentId)),
  };
}

async function createCheckout(stripe: Stripe, { topUpId, points, price, currency, returnUrl, expiresAt }: Order) {
  const metadata = { topUpId };
  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      client_reference_id: topUpId,
      metadata,
      payment_intent_data: { metadata },
      line_items: [
        { quantity: 1, price_data: { currency, unit_amount: price, product_data: { name: `${points} points` } } },
      ],
      success_url: returnUrl,
      cancel_url: returnUrl,
      expires_at: Math.floor(expiresAt.getTime() / 1000),
    },
    { idempotencyKey: topUpId },
  );
  return { sessionId: session.id, url: session.url ?? '' };
}

const expand = ['payment_intent.latest_charge'];

async function* readPayments(stripe: Stripe, query: PaymentQuery): AsyncGenerator<ProviderPayment> {
  try {
    if ('sessionId' in query)
      return yield presentPayment(await stripe.checkout.sessions.retrieve(query.sessionId, { expand }));
    const seconds = (time: Date) => Math.floor(time.getTime() / 1000);
    const created = { gte: seconds(query.from), lt: seconds(query.to) };
    const all = stripe.checkout.sessions.list({ created, limit: 100, expand: expand.map((path) => `data.${path}`) });
    for await (const session of all) yield presentPayment(session);
  } catch (error) {
    throw away(error);
  }
}

function presentPayment(session: Stripe.Checkout.Session): ProviderPayment {
  const { payment_intent: intent, created } = session;
  const charge = intent && typeof intent === 'object' ? intent.latest_charge : null;
  const refunded = charge && typeof charge === 'object' ? charge.amount_refunded : 0;
  return { ...sessionFact(session), refunded, createdAt: new Date(created * 1000) };
}

function sessionFact(session: Stripe.Checkout.Session, failed = false): SessionFact {
  const { id, client_reference_id: topUpId, payment_intent: intent, amount_total: price, currency } = session;
  return {
    ...{ kind: 'session', sessionId: id, topUpId, state: failed ? 'failed' : stateOf(session) },
    ...{
      paymentId: typeof intent === 'string' ? intent : (intent?.id ?? null),
      price: price ?? 0,
      currency: currency ?? '',
    },
  };
}

function stateOf({ payment_status: payment, status }: Stripe.Checkout.Session): SessionFact['state'] {
  if (payment === 'paid') return 'paid';
  if (status === 'expired') return 'expired';
  return status === 'complete' ? 'processing' : 'open';
}

function verifyEvent(
  stripe: Stripe,
  secrets: readonly string[],
  body: Buffer,
  signature: string | string[] = '',
): ProviderEvent {
  let refusal: unknown;
  for (const secret of secrets) {
    try {
      const event = stripe.webhooks.constructEvent(body, signature, secret, maxEventAge);
      return { id: event.id, type: event.type, fact: factOf(event) };
    } catch (error) {
      refusal = error;
    }
  }
  throw new Problem('EVENT_INVALID', { cause: refusal });
}

function factOf({ type, data: { object } }: Stripe.Event): ProviderFact | null {
  const paymentOf = ({ payment_intent: intent }: { payment_intent: string | Stripe.PaymentIntent | null }) =>
    typeof intent === 'string' ? intent : (intent?.id ?? null);
  switch (type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.expired':
      return sessionFact(object as Stripe.Checkout.Session);
    case 'checkout.session.async_payment_failed':
      return sessionFact(object as Stripe.Checkout.Session, true);
    case 'charge.refunded': {
      const charge = object as Stripe.Charge;
      const paymentId = paymentOf(charge);
      return paymentId === null
        ? null
        : { kind: 'taken-back', paymentId, refunded: charge.amount_refunded, disputed: null };
    }
    case 'charge.dispute.created': {
      const dispute = object as Stripe.Dispute;
      const paymentId = paymentOf(dispute);
      return paymentId === null ? null : { kind: 'taken-back', paymentId, refunded: null, disputed: dispute.amount };
    }
    default:
      return null;
  }
}

async function refundPayment(stripe: Stripe, topUpId: string, paymentId: string): Promise<void> {
  try {
    await stripe.refunds.create({ payment_intent: paymentId }, { idempotencyKey: `refund ${topUpId}` });
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError && error.code === 'charge_already_refunded')) throw error;
  }
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw away(error);
  }
}

/** Also a key that Stripe refuses: that is mended on the operator's side, and asked again. */
function away(error: unknown): unknown {
  return error instanceof Stripe.errors.StripeError ? new ProviderAway(error.message, { cause: error }) : error;
}
