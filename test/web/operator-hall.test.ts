import type { Page } from 'playwright-core';
import type { TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { desktop, seriousViolations, shot, signInAsAdmin } from './helpers/operator';
import { type OperatorFixture, openOperatorFixture } from './helpers/operator-fixture';

let fixture: OperatorFixture;
let concert: TestConcert;
beforeAll(async () => {
  fixture = await openOperatorFixture();
}, 60_000);
beforeEach(async () => {
  concert = await fixture.world.concert({ seats: 12, sections: ['A', 'B'] });
});
afterEach(() => fixture.clear());
afterAll(() => fixture?.close());

async function openHall(): Promise<Page> {
  const page = await fixture.openConcert(concert);
  await page.getByRole('link', { name: 'Hall', exact: true }).click();
  await page.getByRole('heading', { name: 'Hall' }).waitFor();
  return page;
}

const seat = (page: Page, name: string) => page.locator(`[data-seat="${concert.performanceId}-${name}"]`);
const marked = (page: Page, n: number) => page.getByText(n === 1 ? '1 seat marked' : `${n} seats marked`).waitFor();
const statusOf = async (name: string) => {
  const found = await fixture.world.context.models.seats.findById(`${concert.performanceId}-${name}`).orFail().lean();
  return found.status;
};

test('seats are marked one by one and by row, blocked for a reason, and freed', async () => {
  const page = await openHall();
  await seat(page, 'A-1').click();
  await seat(page, 'A-2').click();
  await marked(page, 2);
  await seat(page, 'A-2').click();
  await marked(page, 1);
  await page.locator('[data-row="B 1"]').click();
  await marked(page, 13);
  await page.getByLabel('Why they are blocked').fill('Sponsor evening');
  await page.getByLabel('For whom').fill('Sponsor');
  await page.getByRole('button', { name: 'Block 13 seats' }).click();
  await until(
    'they are blocked',
    async () => (await statusOf('B-12')) === 'blocked' && (await statusOf('A-1')) === 'blocked',
  );
  expect(await statusOf('A-2')).toBe('available');
  await page.locator(`[data-seat="${concert.performanceId}-B-3"][data-status="blocked"]`).waitFor();
  expect(await seat(page, 'B-3').getAttribute('aria-label')).toBe('Section B, row 1, seat 3, blocked');
  await marked(page, 0);
  await page.getByText('12 of 12 seats blocked').waitFor();
  for (const free of await page.getByRole('button', { name: /^Free/ }).all()) await free.click();
  await until(
    'they are free',
    async () => (await statusOf('B-12')) === 'available' && (await statusOf('A-1')) === 'available',
  );
});

test('a box is dragged over seats; with the keyboard Shift marks, and the space bar a seat or its row', async () => {
  const page = await openHall();
  const [from, to] = [await seat(page, 'A-2').boundingBox(), await seat(page, 'A-5').boundingBox()];
  if (!from || !to) throw new Error('the seats are not there');
  await page.mouse.move(from.x + 2, from.y + 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height - 2, { steps: 5 });
  await page.mouse.move(to.x + to.width - 2, to.y + to.height - 2);
  await page.mouse.up();
  await marked(page, 4);
  await page.getByRole('button', { name: 'Clear' }).click();
  await marked(page, 0);
  await seat(page, 'B-1').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await marked(page, 3);
  await page.keyboard.press('Escape');
  await marked(page, 0);
  await page.keyboard.press('Shift+Space');
  await marked(page, 12);
});

test('complimentary tickets for a user: given, and refused in words when somebody holds the seat', async () => {
  const { world } = fixture;
  const guest = await world.user();
  const fan = await world.fan(concert);
  const page = await openHall();
  await seat(page, 'A-1').click();
  await page.getByLabel('User id').fill(guest.id);
  await page.getByLabel('Why they are given').fill('Guest of the band');
  await page.getByRole('button', { name: 'Give one seat' }).click();
  await page.getByText('The seats are given.').first().waitFor();
  const given = await world.context.models.reservations.findOne({ userId: guest.id }).orFail().lean();
  expect(given).toMatchObject({ seatIds: [concert.seatIds[0]], complimentary: { reason: 'Guest of the band' } });
  await seat(page, 'A-2').click();
  await world.hold(fan, concert, concert.seatIds.slice(1, 2));
  await page.getByRole('button', { name: 'Give one seat' }).click();
  await page
    .getByText(/^Taken: /)
    .first()
    .waitFor();
});

test.each(['en', 'ko-KR'])('axe finds nothing serious, in %s', async (locale) => {
  const { page } = await fixture.open({ ...desktop, locale });
  await signInAsAdmin(page);
  await page.locator('a[href^="/operator/concerts/"]').first().waitFor();
  await page.goto(`/operator/concerts/${concert.concertId}/dates/${concert.performanceId}`);
  await seat(page, 'A-1').click();
  await page.locator('#blocks').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await shot(page, `hall-${locale}`);
});
