import type { TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { signInAsAdmin } from './helpers/operator';
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

describe('signing in', () => {
  test('a wrong password is said to be wrong; the right one opens, also after a reload, until one signs out', async () => {
    const { page } = await fixture.open();
    await signInAsAdmin(page, 'a guess');
    await page.getByText('That is not it.').waitFor();
    expect(await isFocused(page, 'input[name=password]')).toBe(true);
    await signInAsAdmin(page);
    await page.getByRole('heading', { name: 'Sales' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sales' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Operator sign-in' }).waitFor();
    expect(await page.evaluate(`localStorage.getItem('frontrow.operator')`)).toBe('null');
  });

  test('nothing is asked with an empty password', async () => {
    const { page } = await fixture.open();
    let asked = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') asked += 1;
    });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Please fill this in.').waitFor();
    expect(asked).toBe(0);
  });

  test('a token that is worth nothing any more leads back to the password', async () => {
    const { page } = await fixture.open();
    await signInAsAdmin(page);
    await page.getByRole('heading', { name: 'Sales' }).waitFor();
    await page.evaluate(`localStorage.setItem('frontrow.operator', JSON.stringify({ token: 'a.b.c' }))`);
    await page.reload();
    await page.getByRole('heading', { name: 'Operator sign-in' }).waitFor();
  });

  test('who is no admin reads so', async () => {
    const { page } = await fixture.open();
    const { token } = await fixture.world.user();
    await page.evaluate(`localStorage.setItem('frontrow.operator', JSON.stringify({ token: '${token}' }))`);
    await page.reload();
    await page.getByText('This account does not have a role that may see this.').first().waitFor();
  });
});

test('sales are live: seats held, sold, given back', async () => {
  const page = await fixture.openConcert(concert);
  const fan = await fixture.world.fan(concert, { points: 5000 });
  const first = page.locator('.date-sales').first();
  const numbers = async () => (await first.locator('dd').allTextContents()).join(' ');
  await until('the counts', async () => (await numbers()) === '0 0 0 20');
  const { holdId } = await fixture.world.hold(fan, concert, concert.seatIds.slice(0, 3));
  await until('held', async () => (await numbers()) === '0 3 0 17');
  await fixture.world.pay(fan, holdId);
  await until('sold', async () => (await numbers()) === '3 0 0 17');
  await page.getByText('3 of 40 sold').waitFor();
});

test('while the server is away the last numbers stay, and the page says so', async () => {
  const page = await fixture.openConcert(concert);
  await until('numbers', async () => (await tile(page, 'In line').textContent()) === '0');
  await page.context().setOffline(true);
  await page.locator('.notice', { hasText: 'The server can’t be reached.' }).waitFor();
  expect(await tile(page, 'In line').textContent()).toBe('0');
  await fixture.world.fan(concert);
  await page.context().setOffline(false);
  await until('it goes on by itself', async () => (await tile(page, 'Inside').textContent()) === '1', 15_000);
  await page.locator('.notice').waitFor({ state: 'detached' });
});

test('a page that some proxy puts in between is not the end: it goes on afterwards', async () => {
  const page = await fixture.openConcert(concert);
  await until('numbers', async () => (await tile(page, 'Inside').textContent()) === '0');
  let asked = 0;
  await page.route('**/v1/admin/**', (route) => {
    asked += 1;
    return route.fulfill({ status: 200, contentType: 'text/html', body: '<p>Please sign in to this network.</p>' });
  });
  await until('it has asked twice', () => asked >= 4);
  expect(await tile(page, 'Inside').textContent()).toBe('0');
  await page.unroute('**/v1/admin/**');
  await fixture.world.fan(concert);
  await until('it goes on', async () => (await tile(page, 'Inside').textContent()) === '1', 15_000);
});

test('in Korean, by the browser’s language or by choice', async () => {
  const korean = await fixture.open({ locale: 'ko-KR' });
  await korean.page.getByRole('heading', { name: '운영자 로그인' }).waitFor();
  expect(await korean.page.evaluate('document.documentElement.lang')).toBe('ko');
  await korean.page.getByRole('button', { name: 'English' }).click();
  await korean.page.getByRole('heading', { name: 'Operator sign-in' }).waitFor();
});

test('an address that is none has a way on', async () => {
  const { page } = await fixture.open();
  await signInAsAdmin(page);
  await page.getByRole('heading', { name: 'Sales' }).waitFor();
  await page.goto('/operator/nothing');
  await page.getByText('There is no page at this address.').waitFor();
  await page.getByRole('link', { name: 'All concerts', exact: true }).click();
  await page.getByRole('heading', { name: 'Sales' }).waitFor();
  await page.goto('/operator/concerts/concert_nowhere');
  await page.getByText('There is no such concert.').waitFor();
});
