import { createHmac } from 'node:crypto';
import type { Account } from './account';

/** What is done to events on their way, in tests: nothing by default. */
export interface Mischief {
  /** Each is sent so often. */
  copies: number;
  /** None is sent; what happens shows only to who asks. */
  silent: boolean;
  /** ms. Each waits for some time up to this, so that later ones may overtake. */
  delayMs: number;
  /** Payments are of another amount than was asked. */
  wrongAmount: boolean;
  /** Each request of the API gets a 500, or no answer although it is done. */
  away: boolean;
  mute: boolean;
}

export const noMischief: Mischief = {
  ...{ copies: 1, silent: false, delayMs: 0, wrongAmount: false, away: false, mute: false },
};

/** `Stripe-Signature` of a body. */
export function signatureOf(payload: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${payload}`).digest('hex')}`;
}

export interface WebhookOptions {
  url: string;
  secret: string;
  apiVersion: string;
}

/** ms until an event is sent again that was not taken: 1, 2, 4 … at most 30 s. */
const pauseMs = (tries: number) => Math.min(30_000, 1000 * 2 ** tries);
const answerMs = 10_000;
const tickMs = 100;

/** Sends events, signed like Stripe's, until each was answered 2xx. @returns how to make one, and how to stop */
export function startWebhooks(account: Account, mischief: Mischief, to: WebhookOptions) {
  async function deliver(payload: string): Promise<boolean> {
    const signature = signatureOf(payload, to.secret, Math.floor(Date.now() / 1000));
    const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': signature };
    try {
      const signal = AbortSignal.timeout(answerMs);
      return (await fetch(to.url, { method: 'POST', headers, body: payload, signal })).ok;
    } catch {
      return false;
    }
  }

  const sending = new Set<string>();
  async function sendOne(id: string): Promise<void> {
    const event = account.outbox.get(id);
    if (!event || sending.has(id)) return;
    sending.add(id);
    const answers = await Promise.all(Array.from({ length: mischief.copies }, () => deliver(event.payload)));
    sending.delete(id);
    if (answers.every(Boolean)) account.outbox.delete(id);
    else Object.assign(event, { tries: event.tries + 1, at: Date.now() + pauseMs(event.tries) });
    account.save();
  }

  const timer = setInterval(() => {
    if (mischief.silent) return;
    for (const [id, { at }] of account.outbox) if (at <= Date.now()) void sendOne(id);
  }, tickMs);

  return {
    /** Stored before it is sent: what it reports has happened. */
    send(type: string, object: object): void {
      const id = account.newId('evt');
      const created = Math.floor(Date.now() / 1000);
      const event = {
        id,
        object: 'event',
        api_version: to.apiVersion,
        created,
        type,
        livemode: false,
        data: { object },
      };
      const at = Date.now() + Math.random() * mischief.delayMs;
      if (!mischief.silent) account.outbox.set(id, { payload: JSON.stringify(event), tries: 0, at });
      account.save();
    },
    stop: () => clearInterval(timer),
  };
}
