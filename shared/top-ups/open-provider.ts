import type { Config } from '../platform/config';
import type { PaymentProvider } from './provider';

/** Whether users buy points: with CHARGES=open as well, to try it out. What was paid already is seen to in any case. */
export function sellsPoints({ CHARGES, PUBLIC_URL, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET }: Config): boolean {
  return CHARGES !== 'service' && Boolean(PUBLIC_URL && STRIPE_SECRET_KEY && STRIPE_WEBHOOK_SECRET);
}

/** The payment provider; null unless it is configured. Only then its package is loaded, of some two hundred modules. */
export function openProvider(config: Config): PaymentProvider | null {
  const { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: secret, STRIPE_WEBHOOK_SECRET_PREVIOUS: previous } = config;
  if (!key || !secret) return null;
  const { createStripe }: typeof import('./stripe') = require('./stripe');
  return createStripe(config.STRIPE_API_URL, key, previous ? [secret, previous] : [secret]);
}
