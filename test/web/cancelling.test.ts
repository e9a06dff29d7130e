import type { TestConcert } from '../helpers/builders';
import { type Fixture, holdByClicks, openFixture, pathsOf, phone } from './helpers/fixture';

let fixture: Fixture;
let admin: string;
beforeAll(async () => {
  fixture = await openFixture();
  admin = (await fixture.world.admin()).token;
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

/** Somebody at the ticket of two seats, 1000 points each. */
async function atTicket(concert: TestConcert, options: object = phone) {
  const user = await fixture.user({ ...options, points: 2000 });
  await holdByClicks(user.page, concert, [1, 2]);
  await user.page.getByRole('button', { name: 'Pay 2,000 points' }).click();
  await user.page.getByText('Paid. See you there!').waitFor();
  return user;
}

const change = ({ performanceId }: TestConcert, method: 'patch' | 'post', path: string, body: object) =>
  fixture.world.client.send(method, `/v1/admin/performances/${performanceId}${path}`, { token: admin, body });

test('one seat of two is cancelled: what comes back is said before, and the ticket is for the other one', async () => {
  const concert = await fixture.world.concert();
  await change(concert, 'patch', '', { cancellationFee: { percent: 10 } });
  const { page } = await atTicket(concert);
  await page.getByText(/^You can cancel until /).waitFor();
  await page.getByRole('button', { name: 'Cancel seats' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Comes back: 1,800 points').waitFor();
  await dialog.getByRole('checkbox').first().uncheck();
  await dialog.getByText('Comes back: 900 points').waitFor();
  expect(await dialog.getByText('900 points back, a fee of 100 points is kept').count()).toBe(2);
  await dialog.getByRole('button', { name: 'Cancel 1 seat' }).click();
  await page.getByText('Cancelled. 900 points are back in your points.').waitFor();
  await page.getByText('900 points came back').waitFor();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  await page.getByRole('link', { name: 'Points' }).click();
  await page.getByText('Refunded for seats').waitFor();
});

test('a ticket without a seat left, and one of a date that was called off, show no code', async () => {
  const concert = await fixture.world.concert();
  const { page } = await atTicket(concert);
  await page.getByRole('button', { name: 'Cancel seats' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel 2 seats' }).click();
  await page.getByText('Not valid any more').waitFor();
  expect(await page.getByRole('img', { name: /QR code/ }).count()).toBe(0);

  const other = await fixture.world.concert();
  const { page: second } = await atTicket(other);
  const address = second.url();
  await change(other, 'post', '/cancellation', { reason: 'rain' });
  await second.goto(address);
  await second.getByText('This date was called off.').waitFor();
  await second.getByText('Not valid any more').waitFor();
  expect(await second.getByText('Paid. See you there!').count()).toBe(0);
  await second.goto(pathsOf(other).concert);
  await second.getByText('Called off', { exact: true }).waitFor();
  await second.goto(pathsOf(other).seats);
  await second.getByText('This date was called off. What was paid for it comes back by itself.').waitFor();
  expect(await second.getByRole('button', { name: 'Take a new place' }).count()).toBe(0);
});

test('a date that was moved says so, in Korean, too', async () => {
  const concert = await fixture.world.concert();
  const { page } = await atTicket(concert, { ...phone });
  await change(concert, 'patch', '', { startsAt: '2033-05-01T19:00:00.000Z' });
  await page.reload();
  await page.getByText(/^This date was moved. It was to be /).waitFor();
  await page.getByRole('button', { name: '한국어' }).first().click();
  await page.getByText(/공연 일시가 변경되었습니다/).waitFor();
  await page.getByRole('button', { name: '좌석 취소' }).waitFor();
  await page.goto(pathsOf(concert).concert);
  await page.getByText(/에서 변경$/).waitFor();
});
