import { z } from 'zod';
import { native } from '../../shared/models';
import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import { duplicatesOf } from '../../shared/platform/store-errors';
import { inTime, writeMs } from '../../shared/platform/write-deadline';
import { sellsPoints } from '../../shared/top-ups/open-provider';
import { ProviderAway } from '../../shared/top-ups/provider';
import type { TopUpDoc } from '../../shared/top-ups/top-up.model';
import { commandHeaders } from '../commands/command-docs';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { invalid } from '../http/parse';
import { route } from '../http/route';
import { pendingExample, presentTopUp, topUp } from './top-up';

const { 'idempotency-key': key } = commandHeaders.shape;

function body({ MIN_TOP_UP, MAX_TOP_UP, POINTS_PER_UNIT }: Config) {
  const step = POINTS_PER_UNIT > 1 ? `, a multiple of ${POINTS_PER_UNIT}` : '';
  const amount = z.int().min(MIN_TOP_UP).max(MAX_TOP_UP).multipleOf(POINTS_PER_UNIT);
  const returnUrl = z.string().max(2000).optional();
  const schema = z.strictObject({
    amount: amount.meta({ description: `Points to buy${step}`, example: 5000 }),
    returnUrl: returnUrl.meta({
      description:
        "Where the provider's page leads back to: a path of the pages, or an address of PUBLIC_URL or CORS_ORIGINS",
      example: '/points',
    }),
  });
  return content(schema.meta({ id: 'NewTopUp' }), { some: { amount: Math.max(MIN_TOP_UP, 5000) } });
}

export function createTopUp(config: Config) {
  return route({
    method: 'post',
    path: '/v1/points/top-ups',
    tag: 'Point',
    summary: 'Buy points',
    description:
      'Opens a checkout at the payment provider; send the user to `url`. The points come once the provider has said that it ' +
      'was paid. Card data never comes here. With the provider away it is 503: repeat with the same key, and there will be ' +
      'one checkout.',
    auth: 'user',
    headers: z.object({ 'idempotency-key': key }),
    body: body(config),
    responses: {
      201: {
        description: 'The checkout is open.',
        content: content(topUp, { pending: pendingExample }),
        headers: {
          Location: 'Where the top-up is: `/v1/points/top-ups/{id}`',
          'Idempotency-Replayed': '`true` when this key had been used for the same request before',
        },
      },
    },
    errors: [
      ...(['IDEMPOTENCY_KEY_REQUIRED', 'IDEMPOTENCY_KEY_REUSED', 'TOP_UPS_CLOSED', 'TOO_MANY_TOP_UPS'] as const),
      ...(['PROVIDER_UNAVAILABLE', 'SERVICE_UNAVAILABLE'] as const),
    ],
    async handler({ user, body: asked, headers }, context: ApiContext) {
      const idempotencyKey = headers['idempotency-key'];
      if (!idempotencyKey) throw new Problem('IDEMPOTENCY_KEY_REQUIRED');
      if (!sellsPoints(config) || !context.provider) throw new Problem('TOP_UPS_CLOSED');
      const returnUrl = addressOf(config, asked.returnUrl ?? '/points');
      const wanted = { userId: user.id, key: idempotencyKey, amount: asked.amount, returnUrl };
      const { doc, isNew } = await store(context, wanted);
      const opened = doc.status === 'pending' && !doc.url ? await openCheckout(context, doc) : doc;
      const replayed: Record<string, string> = isNew ? {} : { 'Idempotency-Replayed': 'true' };
      return {
        status: 201,
        headers: { Location: `/v1/points/top-ups/${opened._id}`, ...replayed },
        body: presentTopUp(opened),
      };
    },
  });
}

/** Of the pages, or of an application that may call the API: the provider's page must not lead anywhere else. */
function addressOf({ PUBLIC_URL = '', CORS_ORIGINS = [] }: Config, asked: string): string {
  const base = new URL(PUBLIC_URL);
  const allowed = [base.origin, ...CORS_ORIGINS.filter((origin) => origin !== '*')];
  const url = URL.canParse(asked, base.href) ? new URL(asked, base) : null;
  if (url && allowed.includes(url.origin) && !/[\s\\]/.test(asked)) return url.href;
  throw invalid([{ path: 'body.returnUrl', message: `Must be a path, or an address of ${allowed.join(', ')}` }]);
}

type Wanted = Pick<TopUpDoc, 'userId' | 'key' | 'amount' | 'returnUrl'>;

/** Stored before the provider is asked, so that nothing that it has can be unknown here. */
async function store(context: ApiContext, wanted: Wanted): Promise<{ doc: TopUpDoc; isNew: boolean }> {
  const { models, config, newId, clock } = context;
  const { userId, key: idempotencyKey } = wanted;
  const find = () => models.topUps.findOne({ userId, key: idempotencyKey }).lean<TopUpDoc>();
  const earlier = await find();
  if (earlier) return { doc: requireSame(earlier, wanted), isNew: false };
  const open = await models.topUps.countDocuments({ userId, status: 'pending' }).limit(config.MAX_PENDING_TOP_UPS);
  if (open >= config.MAX_PENDING_TOP_UPS) throw new Problem('TOO_MANY_TOP_UPS', { retryAfterSeconds: 60 });
  const now = clock.now();
  const expiresAt = new Date(now + config.TOP_UP_MINUTES * 60_000 + slackMs);
  const doc: TopUpDoc = {
    ...{
      _id: newId('topup'),
      ...wanted,
      price: wanted.amount / config.POINTS_PER_UNIT,
      currency: config.TOP_UP_CURRENCY,
    },
    ...{ status: 'pending', reason: null, sessionId: null, url: null, paymentId: null, paid: null, chargeId: null },
    ...{ takenBack: { refunded: 0, disputed: 0 }, reversed: 0, reversalId: null, createdAt: new Date(now), expiresAt },
    ...{ paidAt: null, pollAt: new Date(now + firstPollMs), polls: 0 },
  };
  try {
    await inTime(native(models, 'topUps').insertOne(doc));
    return { doc, isNew: true };
  } catch (error) {
    const raced = duplicatesOf(error).length > 0 ? await find() : null;
    if (!raced) throw error;
    return { doc: requireSame(raced, wanted), isNew: false };
  }
}

/** Stripe takes no checkout that ends in less than half an hour from when it is asked. */
const slackMs = 60_000;
/** The provider mostly reports by itself. */
const firstPollMs = 10_000;

function requireSame(earlier: TopUpDoc, { amount, returnUrl }: Wanted): TopUpDoc {
  if (earlier.amount !== amount || earlier.returnUrl !== returnUrl) throw new Problem('IDEMPOTENCY_KEY_REUSED');
  return earlier;
}

/** What the provider has said meanwhile stays: its event may be here before this answer. */
async function openCheckout({ provider, models }: ApiContext, doc: TopUpDoc): Promise<TopUpDoc> {
  const { _id, amount, price, currency, returnUrl, expiresAt } = doc;
  const url = new URL(returnUrl);
  url.searchParams.set('topUp', _id);
  const order = { topUpId: _id, points: amount, price, currency, returnUrl: url.href, expiresAt };
  const checkout = await provider?.create(order).catch((error: unknown) => {
    throw error instanceof ProviderAway
      ? new Problem('PROVIDER_UNAVAILABLE', { cause: error, retryAfterSeconds: 2 })
      : error;
  });
  const filter = { _id, status: 'pending' as const };
  const options = { returnDocument: 'after', maxTimeMS: writeMs } as const;
  const opened = await inTime(native(models, 'topUps').findOneAndUpdate(filter, { $set: { ...checkout } }, options));
  return opened ?? (await models.topUps.findById(_id).orFail().lean<TopUpDoc>());
}
