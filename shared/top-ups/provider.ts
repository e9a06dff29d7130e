/** What a top-up asks of a provider. Prices are in the currency's smallest unit. */
export interface Order {
  topUpId: string;
  points: number;
  price: number;
  currency: string;
  returnUrl: string;
  expiresAt: Date;
}

interface Checkout {
  sessionId: string;
  /** Where the user pays. */
  url: string;
}

/** How a checkout stands: `processing` is paid for, but by a means that takes its time. */
export interface SessionFact {
  kind: 'session';
  sessionId: string;
  /** As it was named in the order; null for a payment of somebody else's. */
  topUpId: string | null;
  state: 'open' | 'processing' | 'paid' | 'failed' | 'expired';
  paymentId: string | null;
  price: number;
  currency: string;
}

/** What was taken back of a payment so far; null: this says nothing of it. */
export interface TakenBackFact {
  kind: 'taken-back';
  paymentId: string;
  refunded: number | null;
  disputed: number | null;
}

export type ProviderFact = SessionFact | TakenBackFact;

/** A checkout as the provider has it now. */
export interface ProviderPayment extends SessionFact {
  refunded: number;
  createdAt: Date;
}

/** An event that the provider has signed. Null fact: none of our business. */
export interface ProviderEvent {
  id: string;
  type: string;
  fact: ProviderFact | null;
}

/** One checkout, or all that were created from one moment to another. */
export type PaymentQuery = { sessionId: string } | { from: Date; to: Date };

/**
 * All that the product asks of a payment provider; another provider is another file with these four.
 * @throws ProviderAway from the verbs that ask it
 */
export interface PaymentProvider {
  /** Opens a checkout. Safe to repeat: the same top-up gives the same checkout. */
  create(order: Order): Promise<Checkout>;
  read(query: PaymentQuery): AsyncIterable<ProviderPayment>;
  /** @throws Problem EVENT_INVALID unless the provider has signed this, of late */
  verify(body: Buffer, headers: Record<string, string | string[] | undefined>): ProviderEvent;
  /** Gives a whole payment back. Safe to repeat: one that was given back already stays so. */
  refund(payment: { topUpId: string; paymentId: string }): Promise<void>;
}

/** The provider could not be asked, or did not answer in time: whether it did what was asked is not known. */
export class ProviderAway extends Error {}
