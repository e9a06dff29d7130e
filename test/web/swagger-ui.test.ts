import type { Page } from 'playwright-core';
import { desktop, type Fixture, openFixture } from './helpers/fixture';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

interface Input {
  [parameter: string]: string;
}

/** Opens an operation of the page, fills it in, and executes it. @returns what came back */
async function execute(page: Page, id: string, parameters: Input = {}, body?: object) {
  const operation = page.locator(`[id$="-${id}"]`);
  await operation.locator('.opblock-summary-control').click();
  for (const [name, value] of Object.entries(parameters))
    await operation.locator(`tr[data-param-name="${name}"] input`).fill(value);
  if (body) await operation.locator('textarea.body-param__text').fill(JSON.stringify(body));
  const answered = page.waitForResponse((response) => response.url().includes('/v1/'));
  await operation.getByRole('button', { name: 'Execute' }).click();
  const response = await answered;
  await operation
    .locator('.live-responses-table')
    .getByText(String(response.status()), { exact: true })
    .first()
    .waitFor();
  return { status: response.status(), body: (await response.json()) as Record<string, never> };
}

/** Types a secret of a scheme into the dialog behind *Authorize*. */
async function authorize(page: Page, name: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Authorize', exact: true }).first().click();
  const scheme = page.locator('.auth-container').filter({ hasText: name }).first();
  await scheme.locator('input').fill(value);
  await scheme.getByRole('button', { name: 'Apply credentials' }).click();
  await scheme.getByRole('button', { name: 'Close' }).click();
}

test('a whole booking by Swagger UI, as the document says at its top', async () => {
  const concert = await fixture.world.concert({ seats: 4 });
  const { page } = await fixture.user({ ...desktop, signedIn: false });
  await page.goto('/docs');
  const signedIn = await execute(page, 'postSignIn', {}, { name: 'Swagger' });
  await authorize(page, 'bearer', signedIn.body.token ?? '');
  const { concertId, performanceId, seatIds } = concert;
  const joined = await execute(page, 'postConcertsQueueToken', { concertId });
  await authorize(page, 'queueToken', joined.body.token ?? '');
  const wait = { 'Idempotency-Key': 'swagger', Prefer: 'wait=8' };
  const hold = await execute(
    page,
    'postPerformancesHolds',
    { performanceId, ...wait },
    { seatIds: seatIds.slice(0, 1) },
  );
  expect(hold).toMatchObject({ status: 202, body: { status: 'done' } });
  await execute(page, 'postPointsCharges', { ...wait, 'Idempotency-Key': 'charge' }, { amount: 1000 });
  const { holdId = '' } = hold.body.result ?? {};
  const paid = await execute(page, 'postHoldsPayment', { holdId, ...wait, 'Idempotency-Key': 'pay' });
  expect(paid).toMatchObject({ status: 202, body: { status: 'done', result: { amount: 1000, balance: 0 } } });
});
