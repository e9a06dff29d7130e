import { signatureOf } from '../../tools/provider/webhooks';
import type { TestUser } from '../helpers/builders';
import { openShop, type Shop, secrets } from './shop';

const previous = 'whsec_before';

let shop: Shop;
let user: TestUser;
let id: string;
beforeAll(async () => {
  shop = await openShop({ settings: { STRIPE_WEBHOOK_SECRET_PREVIOUS: previous, RATE_LIMIT_EVENTS: '40' } });
});
beforeEach(async () => {
  user = await shop.world.user();
  shop.provider.mischief.silent = true;
  id = (await shop.buy(user, 1000)).body.id;
});
afterAll(() => shop?.close());

let count = 0;
function eventOf(changes: object = {}, type = 'checkout.session.completed'): string {
  const object = { id: shop.session({ id }).id, object: 'checkout.session', client_reference_id: id };
  const paid = { payment_status: 'paid', status: 'complete', payment_intent: `pi_${id}`, amount_total: 1000 };
  count += 1;
  const data = { object: { ...object, ...paid, currency: 'usd', ...changes } };
  return JSON.stringify({ id: `evt_${count}`, object: 'event', type, data });
}

const now = () => Math.floor(Date.now() / 1000);
const send = (rawBody: string, secret = secrets.secret, seconds = now()) =>
  shop.world.client.send('post', '/v1/providers/stripe/events', {
    rawBody,
    headers: { 'Stripe-Signature': signatureOf(rawBody, secret, seconds) },
  });
const invalid = { status: 400, body: { code: 'EVENT_INVALID' } };

test('an event of the provider counts, also one that is signed with the secret before', async () => {
  expect(await send(eventOf(), previous)).toMatchObject({ status: 200, body: { received: true } });
  await shop.becomes(user, { id }, 'settled');
  expect(await shop.balance(user)).toBe(1000);
});

test('the same event again is answered the same, and is no second charge', async () => {
  const event = eventOf();
  for (let i = 0; i < 3; i += 1) expect((await send(event)).status).toBe(200);
  await shop.becomes(user, { id }, 'settled');
  expect((await send(event)).status).toBe(200);
  expect(await shop.balance(user)).toBe(1000);
  expect(await shop.world.context.models.providerEvents.countDocuments({ 'fact.topUpId': id })).toBe(1);
});

test('forged, changed, old, unsigned and empty events leave nothing', async () => {
  expect(await send(eventOf(), 'whsec_of_somebody_else')).toMatchObject(invalid);
  expect(await send(eventOf(), secrets.secret, now() - 301)).toMatchObject(invalid);
  const [event, signed] = [eventOf({ amount_total: 1 }), eventOf()];
  const headers = { 'Stripe-Signature': signatureOf(signed, secrets.secret, now()) };
  const path = '/v1/providers/stripe/events';
  expect(await shop.world.client.send('post', path, { rawBody: event, headers })).toMatchObject(invalid);
  expect(await shop.world.client.send('post', path, { rawBody: event })).toMatchObject(invalid);
  expect(await shop.world.client.send('post', path, { headers })).toMatchObject(invalid);
  expect(await shop.world.context.models.providerEvents.countDocuments({ 'fact.topUpId': id })).toBe(0);
  expect(await shop.balance(user)).toBe(0);
});

test('what it does not know it takes, so that the provider does not repeat it', async () => {
  expect((await send(eventOf({}, 'customer.created'))).status).toBe(200);
  expect((await send(eventOf({ client_reference_id: 'somebody-elses' }))).status).toBe(200);
  expect(await shop.balance(user)).toBe(0);
});

test.each([
  ['amount', { amount_total: 999 }, '999 usd were paid, 1000 usd were asked'],
  ['currency', { currency: 'krw' }, '1000 krw were paid, 1000 usd were asked'],
])('another %s than was asked: held, and not credited', async (_what, changes, reason) => {
  await send(eventOf(changes));
  await shop.becomes(user, { id }, 'held');
  const doc = await shop.world.context.models.topUps.findById(id).orFail().lean();
  expect(doc).toMatchObject({ reason, paymentId: `pi_${id}`, chargeId: null });
  // Nor later, by another event of the same payment.
  await send(eventOf());
  expect((await shop.read(user, { id })).status).toBe('held');
  expect(await shop.balance(user)).toBe(0);
});

test('events have bounds of their own, in bytes and in number', async () => {
  const large = eventOf({ filler: 'x'.repeat(100_000) });
  expect((await send(large)).status).toBe(200);
  expect(await send(eventOf({ filler: 'x'.repeat(300_000) }))).toMatchObject({ status: 413 });
  const answers = await Promise.all(Array.from({ length: 45 }, () => send('{}')));
  expect(answers.map(({ status }) => status)).toContain(429);
  expect((await shop.world.client.send('get', '/v1/points', user)).status).toBe(200);
});
