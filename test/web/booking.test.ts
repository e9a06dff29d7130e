import { type Fixture, openFixture, phone, seat } from './helpers/fixture';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

test('the whole booking on a phone, from the list of concerts to the ticket', async () => {
  const concert = await fixture.world.concert({ seats: 10, price: 1500 });
  const { page, name } = await fixture.user({ ...phone, signedIn: false });
  await page.goto('/');
  await page.getByRole('link', { name: /A concert of tests/ }).click();
  await page.getByRole('link', { name: /10 of 10 seats free.*Get in line/ }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();

  await page.getByRole('heading', { name: 'Choose your seats' }).waitFor();
  await seat(page, 5).click();
  await seat(page, 6).click();
  await page.getByRole('button', { name: 'Hold 2 seats' }).click();

  await page.getByRole('heading', { name: 'Your seats are held' }).waitFor();
  await page.getByText('Section A, row 1, seats 5 and 6').waitFor();
  await page.getByText('You are 3,000 points short.').waitFor();
  await page.getByRole('button', { name: 'Charge 3,000 points' }).click();
  await page.getByRole('button', { name: 'Pay 3,000 points' }).click();

  await page.getByText('Paid. See you there!').waitFor();
  await page.getByText('Section A, row 1, seats 5 and 6').waitFor();
  await page.getByRole('img', { name: /QR code of reservation res_/ }).waitFor();
  const { models } = fixture.world.context;
  const sold = await models.seats.find({ performanceId: concert.performanceId, status: 'sold' }).lean();
  expect(sold.map(({ number }) => number)).toEqual([5, 6]);

  await page.getByRole('link', { name: 'Points' }).click();
  await page.getByText('0 points', { exact: true }).waitFor();
  await page.getByText('Paid for seats').waitFor();
  await page.getByRole('link', { name: 'My tickets' }).click();
  await page.getByRole('link', { name: /A concert of tests.*seats 5 and 6/ }).waitFor();
});

test('who does not choose gets the best seats side by side, and learns what there is when there are not enough', async () => {
  const concert = await fixture.world.concert({ seats: 5, price: 100 });
  const { page } = await fixture.user({ ...phone });
  await page.goto(`/concerts/${concert.concertId}/seats/${concert.performanceId}`);
  await page.getByLabel('How many').selectOption('2');
  await page.getByRole('button', { name: 'Find 2 seats' }).click();
  await page.getByText('Section A, row 1, seats 1 and 2').waitFor();
  await page.goBack();
  await page.getByLabel('How many').selectOption('4');
  await page.getByRole('button', { name: 'Find 4 seats' }).click();
  await page.getByText('So many are not free side by side: the most is 3.').waitFor();
});
