import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../shared/platform/project-root';
import { desktop, phone, seriousViolations, shot, signInAsAdmin } from './helpers/operator';
import { type OperatorFixture, openOperatorFixture } from './helpers/operator-fixture';

let fixture: OperatorFixture;
beforeAll(async () => {
  fixture = await openOperatorFixture();
}, 60_000);
afterEach(() => fixture.clear());
afterAll(() => fixture?.close());

const example = readFileSync(join(projectRoot, 'docs/guides/example-hall.csv'));
const file = (text: string | Buffer) => ({ name: 'hall.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

async function openHalls(options = {}): Promise<Page> {
  const { page } = await fixture.open(options);
  await signInAsAdmin(page);
  await page.locator('a[href="/operator/halls"]').click();
  await page.locator('input[type=file]').waitFor();
  return page;
}

test('a plan is imported from a file, its mistakes shown by line, and made into a date that is on sale', async () => {
  const { world } = fixture;
  const concert = await world.concert({ seats: 4 });
  const page = await openHalls(desktop);
  await page.getByText('No seating plan is kept yet.').waitFor();
  await page.getByLabel('Id of the plan').fill('main-hall');
  await page.getByLabel('Name of the hall').fill('Main Hall');
  const [head = '', ...lines] = example.toString().split('\r\n');
  const wrong = [head, ...lines.slice(0, 3), '1층,,1,,R,,,,', '=1,A,x,,R,9,9,,', ...lines.slice(3)].join('\r\n');
  await page.getByLabel('CSV file').setInputFiles(file(wrong));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText(/mistakes in the file\. Nothing was imported\.$/).waitFor();
  await page.getByRole('row', { name: '5 row Missing' }).waitFor();
  await page.getByRole('row', { name: /6 number Must be a whole number/ }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await shot(page, 'operator-halls-mistakes');
  await page.getByLabel('CSV file').setInputFiles(file(example));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const card = page.getByRole('listitem', { name: 'Main Hall' });
  await card.getByText('Maps draw it by its coordinates.').waitFor();
  await shot(page, 'operator-halls');

  await page.goto(`/operator/concerts/${concert.concertId}`);
  await page.getByLabel('Id of the date').fill('gala');
  await page.getByLabel('Start', { exact: true }).fill('2033-05-01T19:30');
  await page.getByLabel('Seating plan', { exact: true }).selectOption('Main Hall');
  for (const [category, price] of [
    ['R', '5000'],
    ['S', '3000'],
    ['A', '1000'],
  ])
    await page.getByLabel(`Points for a seat of ${category}`).fill(price ?? '');
  await shot(page, 'operator-new-date');
  await page.getByRole('button', { name: 'Put it on sale' }).click();
  await page.getByText('The date is on sale.').first().waitFor();
  await page.getByRole('heading', { name: /2033/ }).waitFor();
  const seats = await world.context.models.seats.find({ performanceId: 'gala' }).lean();
  expect(seats).toHaveLength(example.toString().trimEnd().split('\n').length - 1);
  expect(seats.filter(({ category, price }) => category === 'R' && price !== 5000)).toEqual([]);

  await page.goto('/operator/halls');
  await card.getByText(/Dates were made from it/).waitFor();
  expect(await card.getByRole('button', { name: 'Delete' }).count()).toBe(0);
});

test('a plan is edited into its next version, and one that was imported by mistake deleted', async () => {
  const page = await openHalls(phone);
  await page.getByLabel('Id of the plan').fill('small');
  await page.getByLabel('Name of the hall').fill('Small Hall');
  await page.getByLabel('CSV file').setInputFiles(file('section,row,number,category\nA,1,1,R\n'));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const card = page.getByRole('listitem', { name: 'Small Hall' });
  await card.getByRole('button', { name: 'New version' }).click();
  await page.getByLabel('CSV file').setInputFiles(file('section,row,number,category\nA,1,1,R\nA,1,2,R\n'));
  await page.getByRole('button', { name: 'Import as new version' }).click();
  await card.getByText('version 2').waitFor();
  await card.getByText('A (2)').waitFor();
  await shot(page, 'operator-halls-phone');
  expect(await seriousViolations(page)).toEqual([]);
  await card.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await card.waitFor({ state: 'detached' });
  expect(await fixture.world.context.models.keptPlans.countDocuments({ _id: 'small' })).toBe(0);
});

test('in Korean', async () => {
  const page = await openHalls({ ...phone, locale: 'ko-KR', colorScheme: 'dark' });
  await page.getByRole('heading', { name: '공연장', exact: true }).waitFor();
  await page.getByLabel('배치도 ID').fill('k');
  await page.getByLabel('공연장 이름').fill('소극장');
  await page.getByLabel('CSV 파일').setInputFiles(file('section,row,number\n1층,가,1\n'));
  await page.getByRole('button', { name: '가져오기' }).click();
  await page.getByText('파일에 오류가 1개 있어 가져오지 않았습니다.').waitFor();
  await page.getByRole('row', { name: '1 category 이 열이 없습니다' }).waitFor();
  await page
    .getByLabel('CSV 파일')
    .setInputFiles(file('section,row,number,category\n1층,가,1,R\n1층,가,1,R\n1층,나,x,R\n'));
  await page.getByRole('button', { name: '가져오기' }).click();
  await page.getByRole('row', { name: '3 number 2번째 줄과 같은 좌석입니다' }).waitFor();
  await page.getByRole('row', { name: '4 number 정수여야 합니다' }).waitFor();
  await shot(page, 'operator-halls-mistakes-ko');
});
