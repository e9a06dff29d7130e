import type { TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { isFocused, type OperatorFixture, openOperatorFixture, tile } from './helpers/operator-fixture';

let fixture: OperatorFixture;
let concert: TestConcert;
beforeAll(async () => {
  fixture = await openOperatorFixture();
}, 60_000);
beforeEach(async () => {
  concert = await fixture.world.concert({ seats: 20, performances: 2, room: { maxActive: 1 } });
});
afterEach(() => fixture.clear());
afterAll(() => fixture?.close());

describe('the waiting room', () => {
  test('its numbers move by themselves', async () => {
    const page = await fixture.openConcert(concert);
    for (const _ of [1, 2, 3]) await fixture.world.fan(concert);
    await until('three came, one is in', async () => (await tile(page, 'In line').textContent()) === '2');
    expect(await tile(page, 'Inside').textContent()).toBe('1');
  });

  test('limits: only what was touched is sent, others’ changes show, and typing is never overwritten', async () => {
    const page = await fixture.openConcert(concert);
    const inside = page.getByLabel('Inside at once');
    expect(await inside.inputValue()).toBe('1');
    await inside.fill('250');
    // Somebody else, in the meantime.
    const path = `/v1/admin/concerts/${concert.concertId}/waiting-room`;
    await fixture.world.client.send('patch', path, { token: fixture.admin, body: { graceSeconds: 77 } });
    const grace = page.getByLabel('Silence allowed in line, seconds');
    await until('the other change shows', async () => (await grace.inputValue()) === '77');
    expect(await inside.inputValue()).toBe('250');
    const sent = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save limits' }).click();
    expect((await sent).postDataJSON()).toEqual({ maxActive: 250 });
    await until('saved', async () => (await fixture.settings(concert)).maxActive === 250);
    expect(await fixture.settings(concert)).toMatchObject({ maxActive: 250, graceSeconds: 77, admitPerMinute: null });
    await page.getByText('Limits saved.').waitFor({ state: 'attached' });
    await inside.fill('');
    await page.getByRole('button', { name: 'Save limits' }).click();
    await until('no limit', async () => (await fixture.settings(concert)).maxActive === null);
  });

  test('limits that can’t be are not sent; the field says what it takes, and has the focus', async () => {
    const page = await fixture.openConcert(concert);
    await page.getByLabel('Inside at once').fill('many');
    await page.getByLabel('Longest visit, seconds').fill('20');
    await page.getByRole('button', { name: 'Save limits' }).click();
    await page.getByText('A whole number from 0 to 10,000,000.').waitFor();
    await page.getByText('Not below the idle time.').waitFor();
    expect(await isFocused(page, 'input[name=maxActive]')).toBe(true);
    expect(await fixture.settings(concert)).toMatchObject({ maxActive: 1, maxSessionSeconds: 1800 });
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.getByLabel('Inside at once').inputValue()).toBe('1');
  });

  test('pause and resume', async () => {
    const page = await fixture.openConcert(concert);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    expect(await fixture.settings(concert)).toMatchObject({ paused: true });
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Open', { exact: true }).waitFor();
    expect(await fixture.settings(concert)).toMatchObject({ paused: false });
  });

  test('closing asks first: Escape leaves everything as it is', async () => {
    const page = await fixture.openConcert(concert);
    const close = page.getByRole('button', { name: 'Close to new people' });
    await close.click();
    await page.getByRole('dialog', { name: 'Close the line to new people?' }).waitFor();
    // From the moment on in which the dialog is gone: a key pressed then must not be lost.
    await page.evaluate(`new MutationObserver(() => {
      if (!document.querySelector('dialog')) window.focusThen ??= document.activeElement.textContent;
    }).observe(document.body, { childList: true, subtree: true })`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('window.focusThen')).toBe('Close to new people');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Close to new people');
    expect(await fixture.settings(concert)).toMatchObject({ draining: false });
    await close.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close to new people' }).click();
    await page.locator('.tag', { hasText: 'Closed to new people' }).waitFor();
    expect(await fixture.settings(concert)).toMatchObject({ draining: true });
  });

  test('starting anew asks first and says whom it sends away; a double click starts it once', async () => {
    const page = await fixture.openConcert(concert);
    for (const _ of [1, 2]) await fixture.world.fan(concert);
    await until('one waits', async () => (await tile(page, 'In line').textContent()) === '1');
    await page.getByRole('button', { name: 'Start the line anew' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start the line anew?' });
    await dialog.getByText('1 in line and 1 inside lose their places').waitFor();
    await dialog.getByRole('button', { name: 'Start the line anew' }).dblclick();
    await dialog.waitFor({ state: 'detached' });
    await until('the line is empty', async () => (await tile(page, 'In line').textContent()) === '0');
    expect(await fixture.settings(concert)).toMatchObject({ epoch: 2 });
    await page.getByText('The line has begun anew.').waitFor({ state: 'attached' });
  });
});
