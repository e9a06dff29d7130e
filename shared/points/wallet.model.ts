import { Schema } from 'mongoose';

/** A user's balance in whole points. `_id` is the user's id; `seq` numbers the last entry of the ledger. */
export interface WalletDoc {
  _id: string;
  balance: number;
  seq: number;
}

export const walletSchema = new Schema<WalletDoc>({
  _id: { type: String, required: true },
  balance: { type: Number, required: true, min: 0 },
  seq: { type: Number, required: true },
});
