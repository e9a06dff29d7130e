import { z } from 'zod';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { duplicatesOf } from '../../shared/platform/store-errors';
import { inTime } from '../../shared/platform/write-deadline';
import { applyFact } from '../../shared/top-ups/apply-fact';
import type { ProviderEventDoc } from '../../shared/top-ups/provider-event.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';

/** Bytes. Events carry whole objects of the provider's. */
const maxBytes = 256 * 1024;
/** ms. After that an event that this process has not carried out is a worker's. */
const ourselvesMs = 2000;

export const receiveEvent = route({
  method: 'post',
  path: '/v1/providers/stripe/events',
  tag: 'Point',
  summary: "Stripe's webhook",
  description:
    'For Stripe alone: signature and age of the body decide. An event is stored once by its id, answered, and carried out; ' +
    'one that was stored already is answered the same.',
  auth: 'none',
  headers: z.object({ 'stripe-signature': z.string().max(2000).optional() }),
  body: content(z.looseObject({}), { event: { id: 'evt_1a2b3c', object: 'event' } }),
  rawBody: maxBytes,
  responses: {
    200: {
      description: 'Stored.',
      content: content(z.strictObject({ received: z.literal(true) }), { stored: { received: true } }),
    },
  },
  errors: ['EVENT_INVALID', 'SERVICE_UNAVAILABLE'],
  async handler({ headers, rawBody, address }, context: ApiContext) {
    context.rateLimits.perProvider(address);
    if (!context.provider) throw new Problem('EVENT_INVALID');
    const { id, type, fact } = context.provider.verify(rawBody, headers);
    const received = { status: 200 as const, body: { received: true as const } };
    if (!fact) return received;
    const now = context.clock.now();
    const tryAt = new Date(now + ourselvesMs);
    const event = { _id: id, type, fact, receivedAt: new Date(now), pending: true, tryAt };
    // Carried out after the answer, which must not wait for it; a worker goes on with what this process does not finish.
    if (await storeEvent(context, event)) void carryOut(context, event);
    return received;
  },
});

/** @returns whether it is new */
async function storeEvent({ models }: ApiContext, event: ProviderEventDoc): Promise<boolean> {
  try {
    await inTime(native(models, 'providerEvents').insertOne(event));
    return true;
  } catch (error) {
    if (duplicatesOf(error).length > 0) return false;
    throw error;
  }
}

async function carryOut(context: ApiContext, { _id, fact }: ProviderEventDoc): Promise<void> {
  try {
    const done = { $set: { pending: false } };
    if (await applyFact(context, fact)) await inTime(native(context.models, 'providerEvents').updateOne({ _id }, done));
  } catch (error) {
    context.logger.warn({ event: _id, error }, "a provider's event is not carried out yet");
  }
}
