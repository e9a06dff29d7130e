import type { Page } from 'playwright-core';
import { until } from '../helpers/until';
import { desktop, type Fixture, holdByClicks, openFixture, pathsOf, phone, seat } from './helpers/fixture';

/** What browsers, their extensions and their owners do to pages; the sources are in docs/topics/outside-cases.md. */

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

const ticket = (page: Page) => page.getByText('Show this code at the door.');

/** Signs in at the page and books a seat to the ticket, all in one tab. */
async function book(page: Page, seats: string, name: string): Promise<void> {
  await page.goto(seats);
  await seat(page, 2).click();
  await page.getByRole('button', { name: 'Hold 1 seat' }).click();
  if (name) await signInAtPage(page, name);
  const charge = page.getByRole('button', { name: /Charge 1,000 points/ });
  await charge.click();
  await page.getByRole('button', { name: /^Pay/ }).click();
  await ticket(page).waitFor();
}

async function signInAtPage(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test.each([
  ['refuses storage', 'get'],
  ['has no room left', 'set'],
])('a browser that %s: a whole booking in one tab', async (_, what) => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user({ ...desktop, signedIn: false });
  await page.addInitScript(
    what === 'get'
      ? `for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name,
           { get() { throw new DOMException('Access is denied for this document.', 'SecurityError'); } });`
      : `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };`,
  );
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await signInAtPage(page, `Storage ${what}`);
  await page
    .getByRole('link', { name: /A concert of tests/ })
    .first()
    .waitFor();
  await page.evaluate(
    `history.pushState(null, '', '${pathsOf(concert).seats}'); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await seat(page, 2).click();
  await page.getByRole('button', { name: 'Hold 1 seat' }).click();
  await page.getByRole('button', { name: /Charge 1,000 points/ }).click();
  await page.getByRole('button', { name: /^Pay/ }).click();
  await ticket(page).waitFor();
});

/** Of an older version, of another page of this host, or cut off by a crash. */
const leftovers = ['', '{"token":', 'null', '"a"', '7', '[]', '[[1]]', '{"a":null}', '{"a":{"b":1}}', 'undefined'];

test.each(leftovers)('storage that holds %j: the pages open, and a booking works', async (left) => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user({ ...phone, points: 1000 });
  const names = ['intents', 'places', 'balance', 'holds', 'language'].map((name) => `frontrow.${name}`);
  const choice = `frontrow.choice.${concert.performanceId}`;
  await page.addInitScript(`
    for (const name of ${JSON.stringify(names)}) if (!sessionStorage.spoilt) localStorage.setItem(name, ${JSON.stringify(left)});
    if (!sessionStorage.spoilt) sessionStorage.setItem(${JSON.stringify(choice)}, ${JSON.stringify(left)});
    sessionStorage.spoilt = 'yes';`);
  await holdByClicks(page, concert, [1]);
  await page.getByRole('button', { name: /^Pay/ }).click();
  await ticket(page).waitFor();
});

/** As Chrome's translation does: every text becomes an element of its own, also each one that comes later. */
const translation = `
  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.nodeValue.trim() && !node.parentElement.closest('font, script, style')) texts.push(node);
    for (const text of texts) {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      text.replaceWith(outer);
      outer.append(inner);
      inner.append(text.nodeValue);
    }
  };
  addEventListener('DOMContentLoaded', () => {
    translate(document.body);
    new MutationObserver(() => translate(document.body)).observe(document.body, { childList: true, subtree: true, characterData: true });
  });`;

test('a page that the browser translates as it changes: a whole booking', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user({ ...desktop });
  await page.addInitScript(translation);
  await book(page, pathsOf(concert).seats, '');
  await page.getByRole('link', { name: 'Concerts' }).first().click();
  await page
    .getByRole('link', { name: /A concert of tests/ })
    .first()
    .waitFor();
});

test('the network goes away in the middle of the seats and comes back: seats are right again', async () => {
  const concert = await fixture.world.concert({ seats: 4 });
  const { page, context } = await fixture.user(phone);
  const other = await fixture.world.fan(concert);
  await page.goto(pathsOf(concert).seats);
  await seat(page, 1).waitFor();
  await context.setOffline(true);
  await fixture.world.hold(other, concert, concert.seatIds.slice(0, 1));
  await context.setOffline(false);
  await until('the seat shows as taken', () =>
    seat(page, 1)
      .isDisabled()
      .then(
        (is) => is,
        () => false,
      ),
  );
});
