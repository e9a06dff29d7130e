import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Role } from '../../api/http/roles';
import type { Fan, TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { desktop, seriousViolations, shot, signInAsAdmin } from './helpers/operator';
import { type OperatorFixture, openOperatorFixture } from './helpers/operator-fixture';

let fixture: OperatorFixture;
let concert: TestConcert;
let fan: Fan;
let reservationId: string;
let seatId: string;

beforeAll(async () => {
  fixture = await openOperatorFixture({ TWO_PEOPLE: 'true' });
  const { world } = fixture;
  concert = await world.concert({ seats: 20 });
  fan = await world.fan(concert, { points: 20_000 });
  seatId = concert.seatIds[0] ?? '';
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(0, 2));
  reservationId = String((await world.pay(fan, holdId)).body.result.reservationId);
}, 60_000);
afterEach(() => fixture.clear());
afterAll(() => fixture?.close());

/** At the page, as somebody of that role. */
async function openAs(role: Role, at = '/operator', who = fixture.world.staff(role), locale = 'en'): Promise<Page> {
  const { page } = await fixture.open({ ...desktop, locale });
  const { token } = await who;
  await page.evaluate(`localStorage.setItem('frontrow.operator', JSON.stringify({ token: '${token}' }))`);
  await page.goto(at);
  return page;
}

const menu = (page: Page) => page.locator('.operator-menu a').allTextContents();

test('a seat leads to its history, that to the user, who leads to the reservation; by the keyboard', async () => {
  const page = await openAs('box-office', '/operator/find');
  await page.getByLabel('What are you looking for?').fill(seatId);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `Seat ${seatId}` }).waitFor();
  expect(await page.locator('.log-entry strong').allTextContents()).toEqual(['Paid', 'Held']);
  expect(await seriousViolations(page)).toEqual([]);
  await shot(page, 'operator-seat-history');
  await page.locator('.log-entry').first().getByRole('link', { name: fan.id }).click();
  await page.getByRole('heading', { name: `User ${fan.id}` }).waitFor();
  await page.getByText('18,000', { exact: true }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await shot(page, 'operator-user');
  await page.goto(`/operator/find/${reservationId}`);
  await page.getByText('2,000 points').waitFor();
  await page.getByText('Reserved', { exact: true }).first().waitFor();
});

test('what blocks did with a seat stands in its history, in both languages', async () => {
  const { world } = fixture;
  const admin = await world.admin();
  const free = concert.seatIds[5] ?? '';
  const blocks = `/v1/admin/performances/${concert.performanceId}/blocks`;
  const asked = { token: admin.token, body: { seatIds: [seatId, free], reason: 'Sound desk' } };
  const { id } = (await world.client.command<{ id: string }>('post', blocks, asked)).body;
  const done = async () =>
    (await world.client.send<{ unfinished: number }>('get', `${blocks}/${id}`, admin)).body.unfinished === 0;
  await until('the seats to be blocked', done);
  const page = await openAs('operator', `/operator/find/${seatId}`);
  await page.getByText('Left alone. It was: Sold').waitFor();
  expect(await page.locator('.log-entry strong').allTextContents()).toEqual(['Blocked', 'Paid', 'Held']);
  await page.goto(`/operator/find/${free}`);
  await page.locator('.log-entry').getByText('Done').waitFor();
  await world.client.send('delete', `${blocks}/${id}`, admin);
  await until('the seats to be freed', done);
  await page.reload();
  await page.getByText('Freed').waitFor();
  expect(await page.locator('.log-entry strong').allTextContents()).toEqual(['Freed', 'Blocked']);
  await shot(page, 'operator-seat-blocked');
  const korean = await openAs('operator', `/operator/find/${free}`, undefined, 'ko');
  await korean.locator('.log-entry').getByText('차단 해제').waitFor();
  await korean.goto(`/operator/find/${seatId}`);
  await korean.getByText('그대로 둠. 당시 상태: 판매').waitFor();
  expect(await seriousViolations(korean)).toEqual([]);
});

test('a request is explained; what is not known is said to be so', async () => {
  const headers = { 'X-Request-Id': 'call-me-back' };
  const asked = { token: fan.token, headers, body: { amount: 5 } };
  await fixture.world.client.command('post', '/v1/points/charges', asked);
  const page = await openAs('operator', '/operator/find/call-me-back');
  await page.getByRole('heading', { name: 'Points charged' }).waitFor();
  await page.getByText('+5 points').waitFor();
  // By the one that the API makes as well, and at once: each look is recorded.
  const made = await fixture.world.client.command('post', '/v1/points/charges', {
    token: fan.token,
    body: { amount: 6 },
  });
  const looks = () => fixture.world.context.models.adminActions.countDocuments({ look: true });
  const before = await looks();
  await page.goto(`/operator/find/${made.headers['x-request-id']}`);
  await page.getByText('+6 points').waitFor();
  expect(await looks()).toBe(before + 1);
  await page.goto('/operator/find/nothing-at-all');
  await page.getByText('Nothing is known by nothing-at-all.').waitFor();
});

test('sales over time are drawn, and stand in a table; a file is saved whole', async () => {
  const page = await openAs('admin', `/operator/concerts/${concert.concertId}`);
  await page.getByRole('button', { name: 'Sales over time' }).click();
  await page.locator('.sales-bars .ct-bar').first().waitFor({ state: 'attached' });
  await page.getByText('The same as a table').click();
  expect(await page.locator('.sales-chart td').allTextContents()).toEqual(['2', '2,000', '0']);
  expect(await seriousViolations(page)).toEqual([]);
  await shot(page, 'operator-sales-over-time');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Seats (CSV)' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe(`${concert.performanceId}-seats.csv`);
  expect(
    readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n'),
  ).toHaveLength(21);
});

describe('what a role may not do is not offered', () => {
  test.each<[Role, string[]]>([
    ['operator', ['Sales', 'Halls', 'Find', 'Commands']],
    ['box-office', ['Sales', 'Halls', 'Find', 'Money']],
    ['viewer', ['Sales', 'Halls', 'Commands']],
    ['door', ['Find']],
  ])('%s', async (role, tabs) => {
    const refused: string[] = [];
    const page = await openAs(role, role === 'door' ? '/operator' : `/operator/concerts/${concert.concertId}`);
    page.on('response', (response) => response.status() === 403 && refused.push(response.url()));
    await page.locator('h1').waitFor();
    await page.locator('.operator-menu a').first().waitFor();
    expect(await menu(page)).toEqual(tabs);
    if (role === 'door') await page.getByLabel('What are you looking for?').waitFor();
    else await page.getByRole('button', { name: 'Sales over time' }).waitFor();
    const offered = async (name: string) => (await page.getByRole('button', { name, exact: true }).count()) > 0;
    expect(await offered('Call off')).toBe(false);
    expect(await offered('Ledger (CSV)')).toBe(role === 'box-office');
    expect(await offered('Start the line anew')).toBe(role === 'operator');
    expect(await offered('Cancel it')).toBe(role === 'box-office');
    expect(refused).toEqual([]);
  });

  test('the door finds a reservation, and nothing else', async () => {
    const page = await openAs('door', `/operator/find/${reservationId}`);
    await page.getByText('2,000 points').waitFor();
    await page.goto(`/operator/find/${fan.id}`);
    await page.getByText(`Nothing is known by ${fan.id}.`).waitFor();
  });
});

test('calling a date off takes a second person', async () => {
  const { world } = fixture;
  const other = await world.concert();
  const one = await openAs('admin', `/operator/concerts/${other.concertId}`);
  await one.getByRole('button', { name: 'Call off' }).click();
  await one.getByLabel('Reason').last().fill('rain');
  await one.getByRole('dialog').getByRole('button', { name: 'Call off' }).click();
  await one.getByRole('heading', { name: 'Waiting for a second person' }).waitFor();
  await one.getByText('You have asked for this: another person must confirm it.').waitFor();
  expect(await one.getByRole('button', { name: 'Confirm' }).count()).toBe(0);
  const two = await openAs('admin');
  await two.getByRole('button', { name: 'Confirm' }).waitFor();
  expect(await seriousViolations(two)).toEqual([]);
  await shot(two, 'operator-second-person');
  await two.getByRole('button', { name: 'Confirm' }).click();
  await one.getByText('Called off', { exact: true }).waitFor();
});

test('by the password one signs in as any role; in Korean as well', async () => {
  const { page } = await fixture.open({ locale: 'ko-KR' });
  await page.locator('input[name=username]').fill('viewer');
  await signInAsAdmin(page);
  await page.getByRole('heading', { name: '판매' }).waitFor();
  expect(await menu(page)).toEqual(['판매', '공연장', '명령']);
});
