import { Schema } from 'mongoose';
import type { ProviderFact } from './provider';

/** What a provider has sent, once for each event. */
export interface ProviderEventDoc {
  /** The provider's id of the event. */
  _id: string;
  type: string;
  fact: ProviderFact;
  receivedAt: Date;
  /** Not carried out yet: workers go on with it. */
  pending: boolean;
  /** When they do. */
  tryAt: Date;
}

export const providerEventSchema = new Schema<ProviderEventDoc>({
  _id: { type: String, required: true },
  type: { type: String, required: true },
  fact: { type: Schema.Types.Mixed, required: true },
  receivedAt: { type: Date, required: true },
  pending: { type: Boolean, required: true },
  tryAt: { type: Date, required: true },
});

// What workers go on with, oldest first.
providerEventSchema.index({ tryAt: 1 }, { partialFilterExpression: { pending: true } });
// Providers repeat an event for days, not for months.
providerEventSchema.index({ receivedAt: 1 }, { expireAfterSeconds: 90 * 24 * 3600 });
