import type { Page } from 'playwright-core';
import { until } from '../helpers/until';
import { desktop, type Fixture, holdByClicks, openFixture, pathsOf, phone, seat } from './helpers/fixture';

// One intent, one effect, until the user asks anew: also when the first effect comes before the second click.

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

const commands = (kind: string) => fixture.world.context.connection.collection('commands').countDocuments({ kind });

/** Clicks where the element is, twice, as a hand does: without waiting for anything in between. */
async function clickTwice(page: Page, name: RegExp, gapMs: number): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0, height = 0 } = (await button.boundingBox()) ?? {};
  for (let i = 0; i < 2; i += 1) {
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.waitForTimeout(gapMs);
  }
}

test.each([50, 200, 500])(
  'two clicks on Charge, %d ms apart, charge once; another amount charges again',
  async (gapMs) => {
    const { page } = await fixture.user(desktop);
    const before = await commands('points.charge');
    await page.goto('/points');
    await page.getByLabel('Points to charge').fill('700');
    await clickTwice(page, /^Charge$/, gapMs);
    await page.getByText('700 points', { exact: true }).waitFor();
    await page.waitForTimeout(1000);
    expect((await commands('points.charge')) - before).toBe(1);
    await page.getByRole('button', { name: '1,000', exact: true }).click();
    await page.getByRole('button', { name: 'Charge', exact: true }).click();
    await page.getByText('1,700 points', { exact: true }).waitFor();
    expect((await commands('points.charge')) - before).toBe(2);
  },
);

test('Enter twice charges once, and a third time later needs an amount first', async () => {
  const { page } = await fixture.user(desktop);
  const before = await commands('points.charge');
  await page.goto('/points');
  await page.getByLabel('Points to charge').fill('700');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  await page.getByText('700 points', { exact: true }).waitFor();
  await page.waitForTimeout(1000);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  expect((await commands('points.charge')) - before).toBe(1);
});

test('a second click never sets off what came to lie under the pointer meanwhile', async () => {
  const concert = await fixture.world.concert({ price: 1500 });
  const { page } = await fixture.user(phone);
  await page.goto(pathsOf(concert).seats);
  await seat(page, 2).click();
  const charges = await commands('points.charge');
  await clickTwice(page, /^Hold 1 seat/, 300);
  await page.getByText('You are 1,500 points short.').waitFor();
  await page.waitForTimeout(1000);
  expect((await commands('points.charge')) - charges).toBe(0);
  await clickTwice(page, /^Charge 1,500 points/, 300);
  await page.getByRole('button', { name: 'Pay 1,500 points' }).waitFor();
  await page.waitForTimeout(1000);
  expect((await commands('points.charge')) - charges).toBe(1);
  expect(await commands('payment.pay')).toBe(0);
});

test('a control that vanishes hands the focus to what replaced it', async () => {
  const concert = await fixture.world.concert({ price: 1500 });
  const { page } = await fixture.user(desktop);
  const focused = () => page.evaluate('document.activeElement.textContent') as Promise<string>;
  await holdByClicks(page, concert, [4, 5]);
  await page.getByRole('button', { name: 'Charge 3,000 points' }).focus();
  await page.waitForTimeout(900);
  await page.keyboard.press('Enter');
  await page.getByText('You are 3,000 points short.').waitFor({ state: 'hidden' });
  await until('the focus is on paying', async () => (await focused()) === 'Pay 3,000 points');
  await page.waitForTimeout(900);
  await page.getByRole('button', { name: 'Give the seats back' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Give the seats back' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'You gave these seats back.' }).waitFor();
  await until('the focus is on the heading', async () => (await focused()) === 'You gave these seats back.');
  await page.goto(pathsOf(concert).seats);
  for (const number of [1, 2]) await seat(page, number).click();
  await page.getByRole('button', { name: /Do not take Section A, row 1, seat 1/ }).focus();
  await page.keyboard.press('Enter');
  await until('the focus is on the next seat', async () => /seat 2$/.test(await focused()));
  await page.keyboard.press('Enter');
  await until('the focus is on the button beside it', async () => /^Hold seats/.test(await focused()));
});
