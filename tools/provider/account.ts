import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A checkout, with the payment that it became, as far as Stripe's API would show of both. */
export interface Session {
  id: string;
  created: number;
  expires_at: number;
  status: 'open' | 'complete' | 'expired';
  payment_status: 'unpaid' | 'paid';
  client_reference_id: string | null;
  amount_total: number;
  currency: string;
  success_url: string;
  description: string;
  /** The payment; null before somebody pays. */
  payment: {
    id: string;
    chargeId: string;
    amount: number;
    currency: string;
    refunded: number;
    disputed: number;
  } | null;
  /** `later`: somebody pays by a means that takes its time. */
  later: boolean;
}

/** Everything that the provider knows; kept in a file, since no provider forgets when its process ends. */
export interface Account {
  sessions: Map<string, Session>;
  /** By the request's Idempotency-Key. */
  answers: Map<string, unknown>;
  /** Events that were not taken yet, by id. */
  outbox: Map<string, { payload: string; tries: number; at: number }>;
  newId(prefix: string): string;
  sessionOf(payment: string): Session | undefined;
  save(): void;
}

/** @param file where it is kept; without one in memory alone */
export function openAccount(file?: string): Account {
  const kept = file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const account: Account = {
    sessions: new Map(kept.sessions),
    answers: new Map(kept.answers),
    outbox: new Map(kept.outbox),
    newId: (prefix) => `${prefix}_${randomBytes(12).toString('hex')}`,
    sessionOf: (payment) => [...account.sessions.values()].find((session) => session.payment?.id === payment),
    save() {
      if (!file) return;
      const { sessions, answers, outbox } = account;
      writeFileSync(
        `${file}.new`,
        JSON.stringify({ sessions: [...sessions], answers: [...answers], outbox: [...outbox] }),
      );
      renameSync(`${file}.new`, file);
    },
  };
  return account;
}
