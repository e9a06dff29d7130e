import type { Session } from './account';

/** Objects as Stripe's API shows them, as far as anybody looks. @param whole with what `expand` would add */
export function presentSession(session: Session, url: string, whole = false) {
  const { id, created, expires_at, status, payment_status, client_reference_id, amount_total, currency } = session;
  const { payment } = session;
  const charge = payment && presentCharge(session);
  const intent = payment && whole ? { id: payment.id, object: 'payment_intent', latest_charge: charge } : payment?.id;
  return {
    ...{ id, object: 'checkout.session', created, expires_at, status, payment_status, client_reference_id, currency },
    ...{ amount_total: payment?.amount ?? amount_total, ...(payment && { currency: payment.currency }) },
    ...{ mode: 'payment', livemode: false, metadata: { topUpId: client_reference_id } },
    ...{ payment_intent: intent ?? null, url: status === 'open' ? url : null, success_url: session.success_url },
  };
}

export function presentCharge({ payment, client_reference_id: topUpId }: Session) {
  return {
    ...{ id: payment?.chargeId, object: 'charge', amount: payment?.amount, amount_refunded: payment?.refunded },
    ...{ currency: payment?.currency, payment_intent: payment?.id, disputed: (payment?.disputed ?? 0) > 0 },
    ...{ refunded: payment?.refunded === payment?.amount, metadata: { topUpId } },
  };
}

export function presentDispute({ payment }: Session, id: string) {
  return {
    ...{ id, object: 'dispute', amount: payment?.disputed, currency: payment?.currency },
    ...{ payment_intent: payment?.id, charge: payment?.chargeId, status: 'needs_response', reason: 'fraudulent' },
  };
}
