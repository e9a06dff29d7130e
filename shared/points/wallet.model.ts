import { Schema } from 'mongoose';

/** A user's balance in whole points. `_id` is the user's id; `seq` numbers the last entry of the ledger. */
export interface WalletDoc {
  _id: string;
  balance: number;
  seq: number;
  /** Points that were to be taken back and were not there. Until charges and refunds have settled them, none are used. */
  debt?: number;
}

export const walletSchema = new Schema<WalletDoc>({
  _id: { type: String, required: true },
  balance: { type: Number, required: true, min: 0 },
  seq: { type: Number, required: true },
  debt: { type: Number, min: 0 },
});

// The operator's list of debts.
walletSchema.index({ debt: -1, _id: 1 }, { partialFilterExpression: { debt: { $gt: 0 } } });
