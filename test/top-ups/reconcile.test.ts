import { reconcileCommand } from '../../tools/operate/reconcile/reconcile-command';
import type { TestUser } from '../helpers/builders';
import { environment } from '../helpers/processes';
import { openShop, type Shop, type TopUp } from './shop';

let shop: Shop;
let user: TestUser;
beforeAll(async () => {
  shop = await openShop();
  user = await shop.world.user();
});
afterAll(() => shop?.close());

async function paid(): Promise<TopUp> {
  const { body } = await shop.buy(user, 1000);
  shop.act(body, 'pay');
  return shop.becomes(user, body, 'settled');
}

async function reconcile(args = ['--day', new Date().toISOString().slice(0, 10)]) {
  const lines: string[] = [];
  const status = await reconcileCommand(args, environment(shop.world.config), (line) => lines.push(line));
  return { status, lines };
}

test('a day of which both say the same; then five differences are planted, and five are named', async () => {
  const made: TopUp[] = [];
  for (let i = 0; i < 6; i += 1) made.push(await paid());
  await shop.buy(user, 1000);
  const { topUps, pointEntries } = shop.world.context.models;
  expect(await reconcile()).toEqual({
    status: 0,
    lines: [expect.stringMatching(/: 6 payments there, 6 credited here, 0 differences$/)],
  });

  const [unknownHere, notCredited, otherAmount, otherRefund, unknownThere] = made as [
    TopUp,
    TopUp,
    TopUp,
    TopUp,
    TopUp,
  ];
  await topUps.deleteOne({ _id: unknownHere.id });
  await topUps.updateOne({ _id: notCredited.id }, { status: 'expired', paymentId: null, chargeId: null });
  await topUps.updateOne({ _id: otherAmount.id }, { paid: { price: 999, currency: 'usd' } });
  const { payment } = shop.session(otherRefund);
  if (payment) payment.refunded = 400;
  shop.provider.account.sessions.delete(shop.session(unknownThere).id);

  const { status, lines } = await reconcile();
  expect(status).toBe(1);
  const named = [
    ...[`paid there, unknown here: ${unknownHere.id}`, `paid there, not credited here: ${notCredited.id}`],
    ...[`another amount: ${otherAmount.id}`, `another refund: ${otherRefund.id}`],
    `credited here, unknown there: ${unknownThere.id}`,
  ];
  for (const one of named) expect(lines).toContainEqual(expect.stringContaining(one));
  expect(lines.at(-1)).toMatch(/, 5 differences$/);
  expect(await pointEntries.countDocuments({ userId: user.id })).toBe(6);
});

test('help, and a day that is none', async () => {
  expect((await reconcile(['--help'])).lines[0]).toContain('Usage: npm run reconcile');
  await expect(reconcile([])).rejects.toThrow('--day is missing');
  await expect(reconcile(['--day', 'yesterday'])).rejects.toThrow('--day must be a day such as');
});
