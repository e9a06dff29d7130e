import type { TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { type OperatorFixture, openOperatorFixture } from './helpers/operator-fixture';

let fixture: OperatorFixture;
let concert: TestConcert;
beforeAll(async () => {
  fixture = await openOperatorFixture();
}, 60_000);
beforeEach(async () => {
  concert = await fixture.world.concert({ seats: 4 });
});
afterEach(() => fixture.clear());
afterAll(() => fixture?.close());

async function sold(numbers: number[]) {
  const { world } = fixture;
  const fan = await world.fan(concert, { points: 4000 });
  const seatIds = numbers.map((n) => concert.seatIds[n] ?? '');
  const { holdId } = await world.hold(fan, concert, seatIds);
  const { reservationId } = (await world.pay(fan, holdId)).body.result;
  return { fan, reservationId: String(reservationId) };
}

const balanceOf = async ({ token }: { token: string }) =>
  (await fixture.world.client.send('get', '/v1/points', { token })).body.balance;

test('a date is called off for a reason; the page shows how far it is', async () => {
  const { fan } = await sold([0, 1]);
  const page = await fixture.openConcert(concert);
  await page.getByRole('button', { name: 'Call off' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/^2 sold seats are refunded in full/).waitFor();
  await dialog.getByLabel('Reason').fill('The singer is ill');
  await dialog.getByRole('button', { name: 'Call off' }).click();
  await page.getByText('Called off', { exact: true }).waitFor();
  await page.getByText(/^All 2 seats were given back by .* Reason: The singer is ill$/).waitFor();
  expect(await balanceOf(fan)).toBe(4000);
  expect(await page.getByRole('button', { name: 'Move' }).count()).toBe(0);
});

test('a date is moved', async () => {
  const page = await fixture.openConcert(concert);
  await page.getByRole('button', { name: 'Move' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New start').fill('2033-05-01T19:30');
  await dialog.getByLabel('Seats may be given back until').fill('2033-04-01T12:00');
  await dialog.getByRole('button', { name: 'Move' }).click();
  const { models } = fixture.world.context;
  await until('it is stored', async () => {
    const date = await models.performances.findById(concert.performanceId).lean();
    return date?.startsAt.getUTCFullYear() === 2033 && date.refundUntil?.getUTCMonth() !== undefined;
  });
  await page.getByRole('heading', { name: /2033/ }).waitFor();
});

test('a reservation is cancelled for somebody, with so many points back; a wrong one is said to be wrong', async () => {
  const { fan, reservationId } = await sold([2]);
  const page = await fixture.openConcert(concert);
  await page.getByLabel('Reservation', { exact: true }).fill('res_never');
  await page.getByLabel('Reason').fill('Bought by mistake');
  await page.getByLabel('Comes back').selectOption('stated');
  await page.getByLabel('Points', { exact: true }).fill('600');
  await page.getByRole('button', { name: 'Cancel it' }).click();
  await page.getByText('There is no such reservation.').waitFor();
  await page.getByLabel('Reservation', { exact: true }).fill(reservationId);
  await page.getByRole('button', { name: 'Cancel it' }).click();
  await page.getByText('Cancelled.', { exact: true }).first().waitFor();
  expect(await balanceOf(fan)).toBe(3600);
});

test('who waits on standby is shown with the date', async () => {
  await sold([0, 1, 2, 3]);
  const { world } = fixture;
  const user = await world.user();
  const path = `/v1/performances/${concert.performanceId}/standby`;
  await world.client.command('post', path, { token: user.token, body: { seats: 2 } });
  const page = await fixture.openConcert(concert);
  await page.getByText('Standby, section A: 1 waiting, 0 with an offer, 1 joined in all.').waitFor();
});
